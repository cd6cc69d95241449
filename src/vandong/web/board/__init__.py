"""The board: how a unit stands, who needs help first, and every figure's explanation."""

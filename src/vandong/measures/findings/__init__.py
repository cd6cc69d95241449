"""What figures say when they are set side by side: codes with concrete values, worded in `phrases`."""

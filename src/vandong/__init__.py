"""Vận Động: the working system of the drives for voluntary social and household health insurance."""

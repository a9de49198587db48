"""Arithmetic over what a shop knows: arrays in, arrays out. It knows no shop, no weights and no files."""

from desktop_app.insight.linear import Linear, Matrix, fit_linear

__all__ = ["Linear", "Matrix", "fit_linear"]

"""The few special functions that the models of customers need, in numpy alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Lanczos, g = 7, n = 9: Numerical Recipes, 3rd ed., section 6.1, coefficients of P. Godfrey.
_LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
)  # fmt: skip


def log_gamma(x: Floats | float) -> Floats:
    """Return ln Γ(x) for x > 0, to about 14 digits."""
    z = np.asarray(x, np.float64) - 1
    total = np.full(z.shape, _LANCZOS[0])
    for n, part in enumerate(_LANCZOS[1:], 1):
        total = total + part / (z + n)
    t = z + 7.5
    return np.asarray(0.5 * np.log(2 * np.pi) + (z + 0.5) * np.log(t) - t + np.log(total), np.float64)


def hypergeometric(a: Floats, b: Floats, c: Floats, z: Floats) -> Floats:
    """Return Gauss's 2F1(a, b; c; z) for 0 <= z < 1 by its series (Abramowitz & Stegun 15.1.1)."""
    a, b, c, z = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (a, b, c, z)))
    total, term = np.ones(a.shape), np.ones(a.shape)
    for n in range(20000):
        term = term * (a + n) * (b + n) / (c + n) / (n + 1) * z
        total = total + term
        if np.all(np.abs(term) <= 1e-14 * np.abs(total)):
            break
    return total

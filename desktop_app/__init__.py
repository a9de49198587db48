"""掌柜 Zhanggui: an offline desktop assistant for a small shop.

House rules, in one place:

* Arrows point one way: ``__main__`` -> ``ui`` | ``cli`` -> ``tasks`` -> the middle rooms (``shop``, ``engine``,
  ``language``, ``formats``, ``weights``) -> the leaves (``records``, ``errors``, ``settings``, ``paths``, ``words``).
* The middle rooms never import each other; a task introduces them.
* Each heavy library is imported in exactly one room. ``tests/test_house.py`` reads the imports and fails otherwise.
* ``ui`` and ``cli`` may read a shop to show it; every write is a task and belongs to a named action that can be undone.
* No Qt below ``ui``; no socket outside ``weights`` and the server engine.
* Three doors for errors: ``UserError`` (shown as it is), ``Cancelled`` (nothing is shown), anything else is a bug.
"""

__version__ = "0.1.0"

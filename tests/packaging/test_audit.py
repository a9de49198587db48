"""What is shipped may be shipped, and what is known to be unsafe stops a release."""

from __future__ import annotations

import audit
import pytest


def test_everything_the_program_needs_may_be_shipped() -> None:
    found = audit.licences()
    assert {"numpy", "sqlcipher3", "keyring", "shiboken6"} <= {name.lower() for name, _version, _licence in found}
    assert [line for line in found if not audit.allowed(line[2])] == []


@pytest.mark.parametrize(
    "licence", ["", "GPL-3.0-only", "GNU Affero General Public License", "Proprietary", "MIT AND GPL-2.0"]
)
def test_what_may_not_be_shipped_is_refused(licence: str) -> None:
    assert not audit.allowed(licence)


@pytest.mark.parametrize("licence", ["GPL-2.0 OR MIT", "LGPL-3.0", "Apache-2.0", "BSD License"])
def test_what_may_be_shipped_passes(licence: str) -> None:
    assert audit.allowed(licence)


def test_a_known_flaw_is_told_with_the_version_that_mends_it() -> None:
    answer = {
        "dependencies": [
            {"name": "old", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]},
            {"name": "fine", "version": "2.0", "vulns": []},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }
    flaws, asked, known = audit.told(answer)
    assert flaws == ["old 1.0: CVE-1, mended in 1.1"]
    assert (asked, known) == (3, 2)

"""Where a team's own Data Docs load nothing from a network: the configuration of such a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def offline_site(folder: str | Path) -> dict[str, Any]:
    """What ``context.add_data_docs_site(site_name=…, site_config=…)`` takes, for a site in ``folder``."""
    return {
        "class_name": "OfflineSiteBuilder",
        "module_name": "validator.report._gx.site",
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(Path(folder).absolute())},
    }

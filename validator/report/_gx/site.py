"""A Data Docs site that loads nothing from a network: GX's own renderers, with pages of our own around what they give.

GX's templates fetch styles, scripts, icons, a logo and a newsletter link from elsewhere; those in ``templates`` stand
in for them: every page is one file with all that it needs. `OfflineSiteBuilder` is for a team's own context
(`validator.gx.offline_site` configures it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.render.renderer import ValidationResultsPageRenderer
from great_expectations.render.renderer.site_builder import SiteBuilder
from great_expectations.render.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import ChoiceLoader, PackageLoader

from validator.report._gx import blocks

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult
    from jinja2 import Environment

META = "report_validator"  # where a validation result's meta keeps the counts of a run
_TEMPLATES = "report/_gx/templates"


class OfflinePageView(DefaultJinjaPageView):  # type: ignore[misc]
    """A page about a suite or a validation result."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _made_offline(self.env)


class OfflineIndexView(DefaultJinjaIndexPageView):  # type: ignore[misc]
    """The first page."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _made_offline(self.env)


def _made_offline(env: Environment) -> None:
    """Our templates before GX's, and links to pages as they are, without a date that changes them on every load."""
    env.loader = ChoiceLoader([PackageLoader("validator", _TEMPLATES), env.loader])  # type: ignore[list-item]
    env.filters["add_data_context_id_to_url"] = lambda url, add_datetime=True: url


class OfflineResultsRenderer(ValidationResultsPageRenderer):  # type: ignore[misc]
    """GX's page of a validation result, with the verdicts beside its statistics: undecidable is no pass."""

    @classmethod
    def _render_validation_statistics(cls, validation_results: ExpectationSuiteValidationResult) -> Any:
        block = super()._render_validation_statistics(validation_results)
        said = validation_results.meta.get(META, {})
        block.table += [[blocks.text(name), blocks.text(str(count))] for name, count in said.items()]
        return block


class OfflineSiteBuilder(SiteBuilder):  # type: ignore[misc]
    """Builds the site of a context with these pages, and copies none of GX's fonts, pictures and styles."""

    def __init__(self, data_context: Any, store_backend: Any, **named: Any) -> None:
        page = {"module_name": __name__, "class_name": "OfflinePageView"}
        index = {"module_name": __name__, "class_name": "OfflineIndexView"}
        results = {"module_name": __name__, "class_name": "OfflineResultsRenderer"}
        named["site_section_builders"] = {
            "expectations": {"view": page},
            "validations": {"view": page, "renderer": results},
            "profiling": {"view": page},
        }
        named["site_index_builder"] = {"class_name": "DefaultSiteIndexBuilder", "view": index}
        named["show_how_to_buttons"] = False
        super().__init__(data_context, store_backend, **named)
        self.target_store.copy_static_assets = lambda *_, **__: None

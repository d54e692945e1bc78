"""YAML as people write it by hand: without aliases, by which a few lines could unfold into millions."""

from typing import Any

import yaml
from django.utils.translation import gettext as _


class PlainLoader(yaml.SafeLoader):
    """Takes values only, never objects, and each where it is written. The fault is told with its line."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()
            told = _("“*%(name)s” stands for something written elsewhere; write it out here") % {"name": alias.anchor}
            raise yaml.composer.ComposerError(None, None, told, alias.start_mark)
        return super().compose_node(parent, index)


class PlainDumper(yaml.SafeDumper):
    """Everything written out where it stands, lists set in below their key, long texts as blocks to read and edit."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


PlainDumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)

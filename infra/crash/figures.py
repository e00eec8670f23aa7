"""The figures of a report, and which of them must be zero."""

from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass
class Figures:
    """Some that belong together. What is named in `PROMISES` must be zero."""

    PROMISES: ClassVar[tuple[str, ...]] = ()

    def broken(self) -> list[str]:
        """Every promise that was not kept."""
        return [name for name in self.PROMISES if getattr(self, name)]

    def lines(self) -> list[str]:
        """A figure a line."""
        return [f"  {name.replace('_', ' '):32} {value}" for name, value in asdict(self).items()]

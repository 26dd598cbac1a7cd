"""Results as aligned tables, and as Markdown."""

from dataclasses import dataclass, field


@dataclass
class Table:
    title: str
    columns: list
    lines: list = field(default_factory=list)
    missed: list = field(default_factory=list)

    def add(self, name, *figures, kept=True):
        self.lines.append((name, [*figures, "passed" if kept else "MISSED"]))
        if not kept:
            self.missed.append(f"{self.title}: {name}")


def text(table):
    rows = [[table.title, *table.columns, ""]]
    rows += [["  " + name, *figures] for name, figures in table.lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for name, *figures in rows:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:])]
        lines.append("  ".join([name.ljust(max(38, widths[0])), *aligned]).rstrip())
    return "\n".join(lines) + "\n"


def markdown(tables, conditions):
    lines = [conditions, ""]
    for table in tables:
        lines += [f"| {' | '.join([table.title, *table.columns, ''])} |"]
        lines += ["| --- |" + " ---: |" * len(table.columns) + " --- |"]
        lines += [f"| {' | '.join([name, *figures])} |" for name, figures in table.lines]
        lines += [""]
    return "\n".join(lines)

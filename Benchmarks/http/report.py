"""Results as an aligned table, and as Markdown."""


def verdict(promise):
    if promise.measured is None:
        figure = "not measured"
    else:
        figure = f"{promise.measured:.2f}{' ' + promise.unit if promise.unit else ''}"
    limit = f"{promise.limit:g}{' ' + promise.unit if promise.unit else ''}"
    return figure, limit, "passed" if promise.kept else "MISSED"


def text(result):
    table = [[result.title] + result.columns]
    table += [["  " + name] + figures for name, figures in result.lines]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = []
    for name, *figures in table:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:])]
        lines.append("  ".join([name.ljust(max(30, widths[0]))] + aligned))
    for promise in result.promises:
        figure, limit, word = verdict(promise)
        lines.append(f"  {word}: {promise.what}: {figure}, at most {limit}")
    return "\n".join(lines) + "\n"


def markdown(results, conditions):
    lines = [conditions, ""]
    for result in results:
        lines += [f"| {' | '.join([result.title] + result.columns)} |"]
        lines += ["| --- |" + " ---: |" * len(result.columns)]
        lines += [f"| {' | '.join([name] + figures)} |" for name, figures in result.lines]
        lines += [""]
    lines += ["| row | promise | measured | at most | |", "| --- | --- | ---: | ---: | --- |"]
    for result in results:
        for promise in result.promises:
            cells = [result.title, promise.what, *verdict(promise)]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"

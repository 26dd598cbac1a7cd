"""Results as aligned tables, as Markdown, and as a chart."""

from html import escape

COLUMNS = [
    "requests/s", "p50 ms", "p99 ms", "MiB a process", "server µs", "PostgreSQL µs", "load µs",
    "most CPU", "statements", "round trips"]

EXPLANATION = """CPU is for each request, of all processes of a kind; "load" is wrk, or pgbench
itself. Round trips are waits for PostgreSQL one after the other: batches that are waited for
where there is a pipeline, single statements elsewhere, some of which run side by side on
several connections. With one snapshot a query reads all its levels as of one moment
(`MARQUEE_SNAPSHOTS=always`). pgbench repeats the statements that Marquee sent for the query,
level by level in pipelines, with the parameters it sent; it plans them once for all values, as
do the peers' connections. Marquee and Node count each request for its address, for its account
and by its cost; nobody is refused. All answers were compared byte for byte before and after.
Replayed: what the server does with PostgreSQL's answers, in one process and without any
network."""


def lines(result):
    """Each side with its figures, as texts."""
    for name, one in result.measured.items():
        counts = result.counts.get(name)
        yield [
            name, "" if one.requests_per_second is None else f"{one.requests_per_second:,.0f}",
            milliseconds(one.p50_seconds),
            milliseconds(one.p99_seconds),
            "" if one.resident_bytes is None else f"{one.resident_bytes / (1 << 20):.0f}",
            microseconds(one.server_seconds), microseconds(one.postgres_seconds),
            microseconds(one.load_seconds), most(one),
            "" if counts is None else f"{counts.statements:g}",
            "" if counts is None else f"{counts.round_trips:g}"]


def milliseconds(seconds):
    return "" if seconds is None else f"{seconds * 1e3:.1f}"


def microseconds(seconds):
    return "" if seconds is None else f"{seconds * 1e6:,.0f}"


def most(one):
    """What takes most of the CPU time, and which part of it."""
    shares = {
        "server": one.server_seconds or 0, "PostgreSQL": one.postgres_seconds or 0,
        "load": one.load_seconds or 0}
    if one.load_seconds is None:
        return ""
    name = max(shares, key=shares.get)
    return f"{name} {100 * shares[name] / sum(shares.values()):.0f} %"


def title(result):
    query = result.query
    return f"{query.name}: {query.title}, {result.body_bytes / 1024:.1f} KiB"


def verdict(promise):
    figure = "not measured" if promise.measured is None else f"{promise.measured:.3g}"
    limit = f"{'at least' if promise.is_floor else 'at most'} {promise.limit:.3g}"
    return promise.what, figure, limit, "passed" if promise.kept else "MISSED"


def text(result):
    table = [[title(result), *COLUMNS]] + list(lines(result))
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    written = []
    for name, *figures in table:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:])]
        written.append("  ".join([name.ljust(widths[0]), *aligned]).rstrip())
    for promise in result.promises:
        what, figure, limit, word = verdict(promise)
        written.append(f"  {word}: {what}: {figure}, {limit}")
    return "\n".join(written) + "\n"


def markdown(results, conditions, heading):
    written = [f"# {heading}", "", conditions, "", EXPLANATION, ""]
    for result in results:
        written += [f"| {' | '.join([title(result), *COLUMNS])} |"]
        written += ["| --- |" + " ---: |" * len(COLUMNS)]
        written += [f"| {' | '.join(line)} |" for line in lines(result)]
        written += [""]
    written += ["| query | promise | measured | limit | |", "| --- | --- | ---: | ---: | --- |"]
    for result in results:
        for promise in result.promises:
            written.append(f"| {' | '.join([result.query.name, *verdict(promise)])} |")
    return "\n".join(written) + "\n"


# The chart: for each query a bar a side, as long as its requests a second relative to pgbench's.

WIDTH, LABELS, FIGURES, BAR, GAP, ABOVE = 760, 170, 130, 16, 34, 72
FILLS = {"Marquee": "#d1495b", "Marquee, one snapshot": "#e09f3e", "pgbench": "#8d99ae"}


def chart(results, conditions):
    parts, y = [], ABOVE
    room = WIDTH - LABELS - FIGURES
    for result in results:
        bars = {
            name: one.requests_per_second for name, one in result.measured.items()
            if one.postgres_seconds is not None}
        longest = max(bars.values())
        parts.append(label(12, y, title(result), "title"))
        y += 8
        for name, rate in bars.items():
            length = max(1, room * rate / longest)
            fill = FILLS.get(name, "#5c9ead")
            parts.append(label(LABELS - 8, y + 12, name, "name"))
            parts.append(
                f'<rect x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR - 3}" rx="2"'
                f' fill="{fill}"/>')
            parts.append(label(LABELS + length + 6, y + 12, f"{rate:,.0f} requests/s", "figure"))
            y += BAR
        y += GAP
    head = [label(12, 22, "Requests a second, 32 connections", "heading")]
    head.append(label(12, 40, conditions, "figure"))
    return svg(head + parts, y - GAP + 12)


def label(x, y, text, kind):
    return f'<text x="{x:.1f}" y="{y}" class="{kind}">{escape(text)}</text>'


def svg(parts, height):
    style = (
        "text{font:12px system-ui,sans-serif;fill:#333}.heading{font-size:16px;font-weight:600}"
        ".title{font-weight:600}.name{text-anchor:end}.figure{fill:#666;font-size:11px}")
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>Requests a second</title><style>{style}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>', *parts, "</svg>"]) + "\n"

import HTTP
import Reactor

/// The page at `/`: what runs here and where to look next.
enum LandingPage {
    static let handler: Handler = { request in
        var response = try content.respond(to: request)
        response.headers.add("Content-Security-Policy", policy)
        return response
    }

    private static let content = Content(
        [UInt8](html.utf8), type: "text/html; charset=utf-8", cacheControl: "no-cache")

    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

    private static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Marquee</title>
        <style>
        :root { color-scheme: light dark; --ink: #1d1a26; --paper: #faf8f4; --soft: #6d6878;
          --line: #e4dfd5; --glow: #c8321f }
        @media (prefers-color-scheme: dark) { :root { --ink: #f1ecf5; --paper: #16131d;
          --soft: #a39cb0; --line: #322c3f; --glow: #ff8a5c } }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem;
          background: var(--paper); color: var(--ink);
          font: 1rem/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif }
        main { width: min(36rem, 100%) }
        .lights { height: .5rem; margin-bottom: 2rem; background:
          radial-gradient(circle, var(--glow) 38%, transparent 42%) 0 0 / 1.125rem 100% }
        h1 { margin: 0; font-size: clamp(2.5rem, 9vw, 4rem); line-height: 1; font-weight: 800;
          letter-spacing: -.03em }
        p { margin: 1rem 0 2rem; color: var(--soft); font-size: 1.125rem }
        dl { margin: 0; border-top: 1px solid var(--line) }
        dl div { display: grid; grid-template-columns: 8rem 1fr; gap: 1rem; padding: .75rem 0;
          border-bottom: 1px solid var(--line) }
        dt, dd { margin: 0 }
        a { color: inherit; font: .9375rem/1.7 ui-monospace, Menlo, Consolas, monospace;
          text-decoration-color: var(--glow); text-underline-offset: .25em }
        a:focus-visible { outline: 2px solid var(--glow); outline-offset: 3px }
        footer { margin-top: 2rem; color: var(--soft); font-size: .875rem }
        </style>
        </head>
        <body>
        <main>
        <div class="lights" role="presentation"></div>
        <h1>Marquee</h1>
        <p>A GraphQL server for a movie-streaming product. It is running.</p>
        <dl>
        <div><dt><a href="/graphql">/graphql</a></dt><dd>The GraphQL endpoint; in development, \
        also a page to try queries on.</dd></div>
        <div><dt><a href="/healthz">/healthz</a></dt><dd>Is the process alive?</dd></div>
        <div><dt><a href="/readyz">/readyz</a></dt><dd>Can it serve? Red once it stops.</dd></div>
        <div><dt><a href="/metrics">/metrics</a></dt><dd>What all workers have counted.</dd></div>
        </dl>
        <footer>Version \(Versions.marquee).</footer>
        </main>
        </body>
        </html>

        """
}

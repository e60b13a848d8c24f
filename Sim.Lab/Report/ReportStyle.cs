namespace Sim.Lab.Report;

/// <summary>The page's style sheet: system fonts, light and dark, narrow screens, paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1d2125; --soft: #5c666f; --rule: #d9dee2; --strong: #8b959e; --paper: #fff; --tint: #f4f6f8;
          --link: #0b5cad; --alert: #8a5300; --alert-tint: #fff6e5; --alert-rule: #e6a23c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e3e7ea; --soft: #9aa5ae; --rule: #343b41; --strong: #66717a; --paper: #15181b;
          --tint: #1e2327; --link: #7db8f0; --alert: #f3cf8e; --alert-tint: #2c2415; --alert-rule: #a9762a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.8rem 0 .8rem; padding-top: .7rem; border-top: 1px solid var(--rule); }
        p { margin: .5rem 0; max-width: 46rem; }
        a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
        code { font: .88em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .lead { font-size: 1.1rem; color: var(--soft); }
        .facts { color: var(--soft); font-size: .92rem; }
        nav { margin-top: .8rem; font-size: .92rem; } nav a { margin-right: 1.1rem; }
        .warnings { margin: 1.6rem 0; padding: .7rem 1.1rem; background: var(--alert-tint); color: var(--alert); border-left: 4px solid var(--alert-rule); border-radius: 3px; }
        .warnings p { margin: 0; font-weight: 600; } .warnings ul { margin: .3rem 0 0; padding-left: 1.2rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; border-top: 2px solid var(--strong); border-bottom: 2px solid var(--strong); }
        table.summary { width: 100%; font-size: .82rem; }
        th { text-align: left; font-weight: 600; padding: .4rem .45rem; border-bottom: 1px solid var(--strong); vertical-align: bottom; }
        td { padding: .24rem .45rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
        tbody tr:last-child td { border-bottom: 0; } th.number { white-space: normal; } tbody tr:hover td { background: var(--tint); }
        .number { text-align: right; white-space: nowrap; }
        .sortable th { cursor: pointer; user-select: none; }
        .sortable th::after { content: "\2195"; margin-left: .2em; color: var(--soft); font-weight: 400; opacity: .45; }
        .sortable th[aria-sort="ascending"]::after { content: "\2191"; opacity: 1; } .sortable th[aria-sort="descending"]::after { content: "\2193"; opacity: 1; }
        figure { margin: 1.4rem 0 2rem; }
        .plot { background: #fff; border: 1px solid var(--rule); border-radius: 6px; padding: .5rem; overflow-x: auto; }
        .plot svg { display: block; width: 100%; height: auto; min-width: 30rem; max-width: 56rem; margin: 0 auto; }
        figcaption { margin-top: .5rem; font-size: .9rem; color: var(--soft); display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; }
        figcaption span { flex: 1 1 20rem; }
        button { font: inherit; color: var(--link); background: none; border: 1px solid var(--rule); border-radius: 4px; padding: .05rem .6rem; cursor: pointer; }
        button:hover { background: var(--tint); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.4rem; font-size: .92rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 36rem) { main { padding-top: 1.4rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
        @media print { :root { --ink: #000; --soft: #444; --rule: #ccc; --paper: #fff; --tint: #fff; --link: #000; --alert: #000; --alert-tint: #fff; color-scheme: light; }
          body { font-size: 10pt; } main { max-width: none; padding: 0; } nav, button { display: none; } figure, .warnings, tr { break-inside: avoid; } h2 { break-after: avoid; }
          .sortable th::after { content: ""; } .plot { border: 0; padding: 0; } .plot svg { min-width: 0; } thead { display: table-header-group; }
          .scroll { overflow: visible; } table.summary { font-size: 7.5pt; } th { overflow-wrap: anywhere; } .number { white-space: normal; } }
        """;
}

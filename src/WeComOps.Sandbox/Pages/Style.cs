namespace WeComOps.Sandbox.Pages;

/// <summary>The one stylesheet of the pages.</summary>
internal static class Style
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1f2328; --paper: #f2f3f5; --card: #fff; --line: #d9dde3; --accent: #0f766e; --quiet: #5b6470; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #14171a; --card: #1f2428; --line: #363d45; --accent: #2dd4bf; --quiet: #9aa4b0; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif; }
        .phone { max-width: 440px; min-height: 100vh; margin: 0 auto; padding: 0 12px 32px; border-inline: 1px solid var(--line); }
        header { position: sticky; top: 0; display: flex; gap: 12px; align-items: baseline; padding: 10px 0; background: var(--paper); border-bottom: 1px solid var(--line); }
        h1 { font-size: 17px; margin: 0; }
        h2 { font-size: 14px; margin: 20px 0 6px; color: var(--quiet); }
        a { color: var(--accent); overflow-wrap: anywhere; }
        article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin: 8px 0; }
        .body { margin: 0 0 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
        .note { margin: 0; font-size: 13px; color: var(--quiet); }
        ul { padding: 0; margin: 0; list-style: none; }
        li { padding: 6px 0; border-bottom: 1px solid var(--line); }
        form { display: inline-flex; flex-wrap: wrap; gap: 6px; margin: 6px 6px 0 0; align-items: end; }
        label { display: block; font-size: 13px; color: var(--quiet); }
        input, select { display: block; min-width: 220px; padding: 7px 8px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
        button { padding: 7px 14px; font: inherit; color: var(--card); background: var(--accent); border: 0; border-radius: 6px; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        """;
}

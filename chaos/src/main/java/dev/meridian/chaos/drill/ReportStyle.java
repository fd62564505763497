package dev.meridian.chaos.drill;

/** How the pages of reports look: light and dark, on paper and on a phone. */
public final class ReportStyle {

    private static final String STYLE = """
            :root{--ink:#1a1c20;--soft:#5c6370;--paper:#fff;--card:#f5f6f8;--line:#d9dce1;--good:#1a7f4b;--bad:#c0392b;
            --dim:#9a6b00;--one:#2563c9;--two:#c0392b;--band:#f2c94c55}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa2ae;--paper:#14161a;--card:#1d2026;
            --line:#343941;--good:#4cc38a;--bad:#ff7b6b;--dim:#e0b34d;--one:#79a7ff;--two:#ff7b6b;--band:#e0b34d33}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
            font:16px/1.5 system-ui,sans-serif}main{max-width:1040px;margin:0 auto;padding:24px 20px 64px}
            h1{font-size:28px;line-height:1.2;margin:0 0 4px}h2{font-size:18px;margin:36px 0 8px}
            p{max-width:70ch}.verdict{font-weight:700;text-transform:uppercase;letter-spacing:.06em}
            .passed{color:var(--good)}.failed{color:var(--bad)}.inconclusive{color:var(--dim)}.soft{color:var(--soft)}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            td,th{text-align:left;padding:6px 10px;border-bottom:1px solid var(--line)}td.n{text-align:right}
            .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:20px 0}
            .card{background:var(--card);padding:12px 14px;border-radius:6px}.card b{display:block;font-size:24px}
            .scroll{overflow-x:auto}svg{width:100%;min-width:560px;height:auto;display:block}
            svg text{fill:var(--soft);font:11px system-ui,sans-serif}code{background:var(--card);padding:2px 5px}
            """;

    private ReportStyle() {}

    /** A page up to its first element. */
    public static String head(String title) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
                + escaped(title)
                + "</title><style>" + STYLE + "</style></head><body><main>";
    }

    /** The page's end. */
    public static String foot() {
        return "</main></body></html>\n";
    }

    /** Text that may stand in a page. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

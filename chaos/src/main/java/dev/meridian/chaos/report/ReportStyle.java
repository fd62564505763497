package dev.meridian.chaos.report;

/** How the pages of reports look: light and dark, on paper and on a phone. */
public final class ReportStyle {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1a1c20;--soft:#5c6370;--paper:#fff;--card:#f4f5f7;--line:#dfe2e7;
            --good:#1a7f4b;--bad:#c0392b;--dim:#8f6200;--one:#2563c9;--two:#c0392b;--three:#a65a00;--band:#f2c94c66}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa2ae;--paper:#14161a;--card:#1d2026;
            --line:#31363e;--good:#4cc38a;--bad:#ff7b6b;--dim:#e0b34d;--one:#79a7ff;--two:#ff7b6b;--three:#f0a94f;
            --band:#e0b34d33}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:break-word}
            main{max-width:1040px;margin:0 auto;padding:24px 20px 64px}
            h1{font-size:28px;line-height:1.2;margin:0 0 8px}h2{font-size:18px;margin:40px 0 8px}p{max-width:70ch;margin:8px 0}
            header{border-left:4px solid var(--line);padding-left:16px}header.passed{border-color:var(--good)}
            header.failed{border-color:var(--bad)}header.inconclusive{border-color:var(--dim)}
            .verdict{text-transform:uppercase;letter-spacing:.06em;margin-right:8px}
            .passed,.passed .verdict{color:var(--good)}.failed,.failed .verdict{color:var(--bad)}
            .inconclusive,.inconclusive .verdict{color:var(--dim)}header h1,header p{color:var(--ink)}
            .soft,header .soft{color:var(--soft)}a{color:var(--one)}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            td,th{text-align:left;padding:6px 16px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
            td:last-child,th:last-child{padding-right:0}th{font-weight:500;color:var(--soft)}
            td.n,th.n{text-align:right;white-space:nowrap}td.at{width:5em}
            table.conflicts{font-size:14px}table.conflicts code{white-space:normal}
            .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:24px 0}
            .card{background:var(--card);padding:12px 14px;border-radius:6px;color:var(--soft);font-size:14px;line-height:1.4}
            .card b{display:block;font-size:24px;color:var(--ink);font-variant-numeric:tabular-nums}
            .scroll{overflow-x:auto}code{background:var(--card);padding:2px 5px;border-radius:3px;font-size:.9em;
            overflow-wrap:anywhere}dl{display:grid;grid-template-columns:minmax(6em,max-content) 1fr;gap:4px 16px;margin:8px 0}
            dt{color:var(--soft)}dd{margin:0;min-width:0}figure{margin:20px 0 36px}figcaption{margin-bottom:6px}
            .key{white-space:nowrap;color:var(--soft);font-size:14px;margin-left:12px}
            .key i{display:inline-block;width:14px;height:3px;margin-right:6px;vertical-align:middle}
            .bands{list-style:none;padding:0;margin:8px 0;display:flex;flex-wrap:wrap;gap:4px 20px;font-size:14px}
            .bands i{display:inline-block;width:14px;height:14px;margin-right:6px;vertical-align:-2px;background:var(--band)}
            .plot{position:relative;height:140px}.plot svg{width:100%;height:100%;display:block;overflow:visible}
            .band{fill:var(--band)}.grid{stroke:var(--line);vector-effect:non-scaling-stroke;fill:none}
            .line{fill:none;stroke-width:1.75;stroke-linejoin:round;vector-effect:non-scaling-stroke}
            .plot span{position:absolute;white-space:nowrap;font-size:12px;line-height:1;color:var(--soft);font-variant-numeric:tabular-nums}
            .tall{height:220px}.value{top:calc(100% + 8px);transform:translateX(-50%)}
            .dots{fill:none;stroke-width:8;stroke-linecap:round;vector-effect:non-scaling-stroke}
            table.wide td,table.wide th{white-space:nowrap}
            .y{left:2px}.top{top:4px}.middle{top:calc(50% + 4px)}.x{top:calc(100% + 6px);transform:translateX(-50%)}
            .x:first-of-type{transform:none}.plot .y+.y+.x{transform:none}
            #topology td:first-child{white-space:nowrap}.small{font-size:14px}summary{cursor:pointer;color:var(--one);padding:8px 0}
            table.conflicts{min-width:640px}table.conflicts td:nth-child(4){min-width:6em}
            @media(max-width:600px){main{padding:16px 16px 48px}h1{font-size:23px}.key{white-space:normal;display:block;margin-left:0}
            .cards{grid-template-columns:1fr 1fr}}
            @media print{main{max-width:none;padding:0}figure,.card,tr{break-inside:avoid}}
            """;

    private ReportStyle() {}

    /** A page up to its first element. */
    public static String head(String title) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                // Its own, and empty: a browser would ask the server for one.
                + "<link rel=\"icon\" href=\"data:,\"><title>"
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

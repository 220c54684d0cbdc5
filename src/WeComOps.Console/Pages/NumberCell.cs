using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using WeComOps.Console.Language;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>
/// A number of the card as a link to its explanation, with a bar against its target. What is not known is said, never
/// shown as zero.
/// </summary>
internal sealed class NumberCell(Texts t, ScoreWeek week, string subject, string metric, Line? line) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (line is null)
        {
            writer.Write($"<span class=\"none\" title=\"{encoder.Encode(t["本周没有这一项"])}\">–</span>");
            return;
        }

        var isHarm = metric == Metric.Harm;
        var tooLittle = line.Points is null && !Metric.Context.Contains(metric);
        var missing = line.Missing.Count > 0 && line.Value is null;
        var shown = missing ? t["缺数"] : line.Value is null ? t["待更新"] : Figures.Value(line);
        var note = tooLittle && !missing ? t["数据不足"] : line.Missing.Count > 0 ? t.Say("缺数 {0}", line.Missing.Count) : null;
        var fill = (line.Points, isHarm) switch
        {
            (null, _) => 0,
            ({ } points, true) => 100 - points,
            ({ } points, false) => points,
        };
        writer.Write("<a class=\"num");
        writer.Write(isHarm && fill > 0 ? " is-harm" : tooLittle ? " is-thin" : string.Empty);
        writer.Write("\" data-drawer href=\"");
        encoder.Encode(writer, Urls.Explain(week, metric, subject));
        writer.Write("\"><span class=\"num-value\">");
        encoder.Encode(writer, shown);
        writer.Write("</span>");
        if (note is not null)
        {
            writer.Write("<span class=\"num-note\">");
            encoder.Encode(writer, note);
            writer.Write("</span>");
        }

        writer.Write("<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"bar-track\" width=\"100\" height=\"4\"/><rect class=\"bar-fill\" height=\"4\" width=\"");
        writer.Write(Decimals.Round(fill, 1).ToString(CultureInfo.InvariantCulture));
        writer.Write("\"/></svg></a>");
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace WeComOps.Sandbox.Pages;

/// <summary>Builds a page: markup is literal, everything else is encoded. No script and no inline style, so a strict policy holds.</summary>
internal sealed class Html
{
    public const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new();

    public Html(string title)
    {
        Raw("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Text(title)
            .Raw("</title><link rel=\"stylesheet\" href=\"/sandbox/style.css\"></head><body><main class=\"phone\"><header><a href=\"/sandbox\">沙箱</a><h1>").Text(title).Raw("</h1></header>");
    }

    /// <summary>Adds markup as it is; only literals go here.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Html Text(string? text)
    {
        _text.Append(Encoder.Encode(text ?? ""));
        return this;
    }

    public Html Section(string title) => Raw("<h2>").Text(title).Raw("</h2>");

    public Html Link(string path, string text) => Raw("<a href=\"").Text(path).Raw("\">").Text(text).Raw("</a>");

    /// <summary>Text with its line breaks.</summary>
    public Html Body(string text) => Raw("<p class=\"body\">").Text(text).Raw("</p>");

    public Html Note(string text) => Raw("<p class=\"note\">").Text(text).Raw("</p>");

    /// <summary>Begins a form that posts to a path with these hidden values.</summary>
    public Html Form(string path, params (string Name, string Value)[] hidden)
    {
        Raw("<form method=\"post\" action=\"").Text(path).Raw("\">");
        foreach (var (name, value) in hidden) Raw("<input type=\"hidden\" name=\"").Text(name).Raw("\" value=\"").Text(value).Raw("\">");
        return this;
    }

    public Html Submit(string text) => Raw("<button>").Text(text).Raw("</button></form>");

    public Html Input(string name, string label, string placeholder) =>
        Raw("<label>").Text(label).Raw("<input required maxlength=\"500\" autocomplete=\"off\" name=\"").Text(name).Raw("\" placeholder=\"").Text(placeholder).Raw("\"></label>");

    public override string ToString() => _text + "</main></body></html>";
}

using System.Text.Json;

namespace WeComOps.Sandbox.Api;

/// <summary>What an API call is answered with: errcode, errmsg and further fields (always HTTP 200, as WeCom does).</summary>
internal sealed class Answer
{
    private readonly Action<Utf8JsonWriter>? _fields;

    private Answer(int code, string message, Action<Utf8JsonWriter>? fields)
    {
        Code = code;
        Message = message;
        _fields = fields;
    }

    public int Code { get; }

    public string Message { get; }

    public static Answer Ok(Action<Utf8JsonWriter>? fields = null) => new(0, "ok", fields);

    public static Answer Ok(string message, Action<Utf8JsonWriter> fields) => new(0, message, fields);

    /// <summary>A refusal; codes are those of the document, texts are only hints.</summary>
    public static Answer Fail(int code, string message, Action<Utf8JsonWriter>? fields = null) => new(code, message, fields);

    public static Answer Missing(string parameter) => Fail(40063, $"{parameter} missing");

    public static Answer Invalid(string parameter) => Fail(40058, $"invalid {parameter}");

    public byte[] ToBytes() => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("errcode", Code);
        writer.WriteString("errmsg", Code == 0 ? Message : $"{Message}, hint: [sandbox], more info at https://open.work.weixin.qq.com/devtool/query?e={Code}");
        _fields?.Invoke(writer);
        writer.WriteEndObject();
    });
}

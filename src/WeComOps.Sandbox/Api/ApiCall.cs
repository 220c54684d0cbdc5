using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>One call: its query, its JSON body and the time at which it is answered.</summary>
internal sealed record ApiCall(World World, IQueryCollection Query, JsonElement Body, DateTimeOffset Now, IFormFile? Media)
{
    /// <summary>A query value, or null when it is absent or empty.</summary>
    public string? Parameter(string name) => Query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public long? NumericParameter(string name) =>
        Parameter(name) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? Text(string name) => Body.Text(name) is { Length: > 0 } text ? text : null;

    public long? Number(string name) => Body.Number(name);

    /// <summary>A page of a list: limit and cursor as WeCom takes them. A limit over the maximum is refused, the stricter of two readings.</summary>
    public Page? Page(int standard, int maximum)
    {
        var limit = Body.Member("limit").ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? standard : Number("limit") ?? -1;
        if (limit < 1 || limit > maximum) return null;
        var cursor = Text("cursor");
        if (cursor is null) return new Page(0, (int)limit);
        return Api.Page.Read(cursor) is { } offset ? new Page(offset, (int)limit) : null;
    }
}

/// <summary>A part of a list and the cursor to the rest.</summary>
internal sealed record Page(int Offset, int Limit)
{
    public IReadOnlyList<T> Of<T>(IReadOnlyList<T> all) => [.. all.Skip(Offset).Take(Limit)];

    /// <summary>The cursor behind this page; empty when nothing follows.</summary>
    public string Next(int total) => Offset + Limit >= total ? "" : Convert.ToBase64String(BitConverter.GetBytes((Offset + Limit) ^ 0x5EED1234)).TrimEnd('=');

    public static int? Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (cursor.Length != 6 || !Convert.TryFromBase64String(cursor + "==", bytes, out var written) || written != 4) return null;
        var offset = BitConverter.ToInt32(bytes) ^ 0x5EED1234;
        return offset < 0 ? null : offset;
    }
}

using System.Text;
using System.Text.Json;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Checks the attachments of a moment or mass message as the documents limit them (95094, 92135).</summary>
/// <param name="Pictures">Digests of the attached pictures, in their order.</param>
internal sealed record Attachments(IReadOnlyList<string> Links, IReadOnlyList<string> MediaIds, IReadOnlyList<string> Pictures, string? LinkTitle, int Count, string? Json, Answer? Refusal)
{
    private const int Most = 9;

    public static Attachments Read(World world, JsonElement list, bool moment, DateTimeOffset now)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return new([], [], [], null, 0, null, null);
        if (list.ValueKind != JsonValueKind.Array) return Refuse(Answer.Invalid("attachments"));
        if (list.GetArrayLength() > Most) return Refuse(moment ? Answer.Invalid("attachments size") : Answer.Fail(41064, "too many attachments"));
        List<string> links = [];
        List<string> media = [];
        List<string> pictures = [];
        List<string> types = [];
        string? title = null;
        foreach (var item in list.EnumerateArray())
        {
            var type = item.Text("msgtype");
            if (type is not ("image" or "link" or "video") && (moment || type is not ("miniprogram" or "file"))) return Refuse(Answer.Fail(41065, "invalid attachments msgtype"));
            var body = item.Member(type);
            if (body.ValueKind != JsonValueKind.Object) return Refuse(Answer.Missing(type));
            types.Add(type);
            if (type == "link")
            {
                if (body.Text("url") is not { Length: > 0 } url || Encoding.UTF8.GetByteCount(url) > 2048) return Refuse(Answer.Invalid("link.url"));
                title = body.Text("title");
                if (title is not null && title.Length > (moment ? 64 : 128)) return Refuse(Answer.Invalid("link.title"));
                links.Add(url);
            }

            var id = body.Text("media_id") ?? body.Text("pic_media_id");
            if (string.IsNullOrEmpty(id))
            {
                if (type is "link" or "miniprogram" || (type == "image" && !moment && body.Text("pic_url") is { Length: > 0 })) continue;
                return Refuse(Answer.Fail(40007, "invalid media_id"));
            }

            // A link's or mini-program's cover is a picture too.
            if (!world.Media.TryGetValue(id, out var known) || !known.Usable(type is "video" or "file" ? type : "image", moment, now)) return Refuse(Answer.Fail(40007, "invalid media_id"));
            media.Add(id);
            if (type == "image") pictures.Add(known.Digest);
        }

        // A moment shows up to nine pictures, or one video, or one link, never mixed.
        if (moment && (types.Distinct(StringComparer.Ordinal).Skip(1).Any() || (types.Count > 1 && types[0] != "image"))) return Refuse(Answer.Fail(41065, "invalid attachments msgtype"));
        return new(links, media, pictures, title, types.Count, list.GetRawText(), null);
    }

    private static Attachments Refuse(Answer answer) => new([], [], [], null, 0, null, answer);
}

using System.Globalization;
using System.Security.Cryptography;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Uploads (docs 90253, 95098): the file is measured and forgotten, its media id and digest stay.</summary>
internal sealed class MediaApi(World world)
{
    private const long Megabyte = 1 << 20;
    private int _uploads;

    public Answer Upload(ApiCall call)
    {
        var type = call.Parameter("type");
        var most = type switch { "image" or "video" => 10 * Megabyte, "voice" => 2 * Megabyte, "file" => 20 * Megabyte, _ => 0 };
        return most == 0 ? Answer.Fail(40004, "invalid type") : Keep(call, type!, most, forMoments: false);
    }

    /// <summary>A picture that gets an address for good (doc 90256).</summary>
    public Answer UploadImage(ApiCall call)
    {
        if (call.Media is not { } file) return Answer.Fail(41005, "media missing");
        if (file.Length <= 5) return Answer.Fail(44001, "empty media");
        if (file.Length > 2 * Megabyte) return Answer.Fail(45001, "media too large");
        return Answer.Ok(writer => writer.WriteString("url", $"https://wework.qpic.example/{world.Dice.Id("IMG_", 32, "image", ++_uploads)}/0"));
    }

    public Answer UploadAttachment(ApiCall call)
    {
        var type = call.Parameter("media_type");
        if (type is not ("image" or "video" or "file")) return Answer.Fail(40004, "invalid media_type");
        return call.NumericParameter("attachment_type") switch
        {
            1 => Keep(call, type, 10 * Megabyte, forMoments: true),
            2 => Keep(call, type, 10 * Megabyte, forMoments: false),
            _ => Answer.Invalid("attachment_type"),
        };
    }

    private Answer Keep(ApiCall call, string type, long most, bool forMoments)
    {
        if (call.Media is not { } file) return Answer.Fail(41005, "media missing");
        if (file.Length <= 5) return Answer.Fail(44001, "empty media");
        if (file.Length > most) return Answer.Fail(45001, "media too large");
        var id = world.Dice.Id("MEDIA_", 50, "media", ++_uploads);
        using var bytes = file.OpenReadStream();
        world.Media.Add(id, new Media(id, type, forMoments, call.Now, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return Answer.Ok(writer =>
        {
            writer.WriteString("type", type);
            writer.WriteString("media_id", id);
            // A string in one document, a number in the other.
            if (forMoments) writer.WriteNumber("created_at", call.Now.ToUnixTimeSeconds());
            else writer.WriteString("created_at", call.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        });
    }
}

using System.Globalization;
using System.Security.Cryptography;
using WeComOps.Primitives;

namespace WeComOps.Media;

/// <summary>Takes a picture into the store once it meets what WeCom asks of every picture (docs 90253, 95098); what it asks for one use only: <see cref="PictureLimits"/>.</summary>
public sealed class AddPicture(IPictureStore pictures, IChangeStore changes, TimeProvider clock)
{
    private const int SmallestBytes = 6;

    /// <summary>
    /// The same bytes again are the same picture, under the name they had first. Other bytes need another name: what an approved
    /// text calls by its name must stay what it was.
    /// </summary>
    /// <returns>The picture, or why it is refused, in the words of the screen.</returns>
    public async Task<(Picture? Picture, string? Refusal)> AddAsync(string name, byte[] bytes, string who, CancellationToken cancellationToken)
    {
        if (Refuse(bytes) is { } refusal)
        {
            return (null, refusal);
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        if (await pictures.FindAsync(id, cancellationToken) is { } known)
        {
            return (known, null);
        }

        var now = clock.GetNow();
        var format = PictureFormat.Read(bytes)!.Value;
        var clean = CleanName(name, format, id);
        if ((await pictures.FindByNameAsync(clean, cancellationToken)).Count > 0)
        {
            return (null, $"已经有一张图片叫“{clean}”，内容不同。请改一个文件名再上传，已批准的内容才不会换成别的图。");
        }

        var picture = new Picture(id, clean, format.ContentType, format.Width, format.Height, bytes.Length, who, now);
        var added = new Changes();
        added.Pictures.Add(new NewPicture(picture, bytes));
        added.Audit.Add(new AuditEntry(now, who, "add-picture", id, null));
        await changes.CommitAsync(added, cancellationToken);
        return (picture, null);
    }

    private static string? Refuse(byte[] bytes)
    {
        if (bytes.Length is < SmallestBytes or > PictureLimits.LargestBytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"图片需要大于 5 字节、不超过 10 MB，这一张是 {bytes.Length / 1048576m:0.0} MB。请压缩后再上传。");
        }

        return PictureFormat.Read(bytes) is null ? "这不是 PNG 或 JPG 图片。请另存为 PNG 或 JPG 后再上传。" : null;
    }

    private static string CleanName(string name, PictureFormat format, string id)
    {
        var last = name.Split('/', '\\')[^1];
        // Characters that are not seen can turn a name around.
        var clean = string.Concat(last.Where(letter =>
            !char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format && !"\"<>|:*?".Contains(letter, StringComparison.Ordinal))).Trim();
        string[] extensions = format.ContentType == "image/png" ? [".png"] : [".jpg", ".jpeg"];
        clean = extensions.Contains(Path.GetExtension(clean), StringComparer.OrdinalIgnoreCase) ? clean : Path.GetFileNameWithoutExtension(clean) + extensions[0];
        return clean.Length > 100 || clean == extensions[0] ? id + extensions[0] : clean;
    }
}

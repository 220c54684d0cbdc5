using System.Globalization;
using System.Security.Cryptography;
using WeComOps.Primitives;

namespace WeComOps.Media;

/// <summary>Takes a picture into the store once it meets what WeCom asks of pictures in moments and messages (docs 90253, 95098, 95094).</summary>
public sealed class AddPicture(IPictureStore pictures, IChangeStore changes, TimeProvider clock)
{
    public const long LargestBytes = 10 * 1024 * 1024;
    private const int SmallestBytes = 6;
    private const int LongestSide = 10_800;
    private const int LongestShortSide = 1080;

    /// <summary>The same bytes again are the same picture, under the name they had first.</summary>
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
        var picture = new Picture(id, CleanName(name, format), format.ContentType, format.Width, format.Height, bytes.Length, who, now);
        var added = new Changes();
        added.Pictures.Add(new NewPicture(picture, bytes));
        added.Audit.Add(new AuditEntry(now, who, "add-picture", id, null));
        await changes.CommitAsync(added, cancellationToken);
        return (picture, null);
    }

    private static string? Refuse(byte[] bytes)
    {
        if (bytes.Length is < SmallestBytes or > (int)LargestBytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"图片需要大于 5 字节、不超过 10 MB，这一张是 {bytes.Length / 1048576m:0.0} MB。请压缩后再上传。");
        }

        if (PictureFormat.Read(bytes) is not { } format)
        {
            return "这不是 PNG 或 JPG 图片。请另存为 PNG 或 JPG 后再上传。";
        }

        var (longSide, shortSide) = (Math.Max(format.Width, format.Height), Math.Min(format.Width, format.Height));
        return longSide > LongestSide || shortSide > LongestShortSide
            ? $"朋友圈图片长边不超过 {LongestSide} 像素、短边不超过 {LongestShortSide} 像素，这一张是 {format.Width}×{format.Height}。请缩小后再上传。"
            : null;
    }

    private static string CleanName(string name, PictureFormat format)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = string.Concat(last.Where(letter => !char.IsControl(letter) && !"\"<>|:*?".Contains(letter, StringComparison.Ordinal))).Trim();
        var extension = format.ContentType == "image/png" ? ".png" : ".jpg";
        return clean.Length is 0 or > 100 ? "picture" + extension : clean;
    }
}

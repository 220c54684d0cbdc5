namespace WeComOps.Media;

/// <summary>What WeCom asks of a picture, by its use (docs 90253, 95098, 95094).</summary>
public static class PictureLimits
{
    /// <summary>Pictures in a moment, attachments of a mass message (docs 95094, 92135).</summary>
    public const int MostInOnePost = 9;

    public const int LargestBytes = 10 * 1024 * 1024;

    /// <summary>Of a cover in a mass message.</summary>
    private const int LargestCover = 2 * 1024 * 1024;

    /// <summary>Pixels; moments only.</summary>
    private const int LongestSide = 10_800;
    private const int LongestShortSide = 1080;

    /// <summary>Null when it may be used so; else why not, in the words of the screen.</summary>
    public static string? Refuse(Picture picture, MediaUse use)
    {
        if (use == MediaUse.Cover && picture.Size > LargestCover)
        {
            return $"图文链接的封面不超过 2 MB，这一张有 {picture.Size / 1024} KB。";
        }

        var (longSide, shortSide) = (Math.Max(picture.Width, picture.Height), Math.Min(picture.Width, picture.Height));
        return use == MediaUse.Moment && (longSide > LongestSide || shortSide > LongestShortSide)
            ? $"朋友圈图片长边不超过 {LongestSide} 像素、短边不超过 {LongestShortSide} 像素，这一张是 {picture.Width}×{picture.Height}。"
            : null;
    }
}

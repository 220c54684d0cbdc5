namespace WeComOps.Media;

/// <summary>A picture that posts carry, uploaded once and kept by us; WeCom keeps its copies for three days only.</summary>
/// <param name="Id">First 16 hex digits of the SHA-256 of the bytes: the same picture is one picture, and an approved text names exactly these bytes.</param>
/// <param name="Name">File name as uploaded, without a path, for people.</param>
/// <param name="ContentType"><c>image/png</c> or <c>image/jpeg</c>, read from the bytes.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Size">Bytes.</param>
public sealed record Picture(
    string Id, string Name, string ContentType, int Width, int Height, long Size, string AddedBy, DateTimeOffset AddedAt);

/// <summary>A picture with its bytes, as it enters the store.</summary>
public sealed record NewPicture(Picture Picture, byte[] Bytes);

/// <summary>What WeCom will use a copy for: an id made for one use is refused by the other.</summary>
public enum MediaUse
{
    /// <summary>Moments (doc 95098, upload_attachment).</summary>
    Moment,

    /// <summary>Mass messages, welcome messages and app messages (doc 90253, media/upload).</summary>
    Message,

    /// <summary>Cover of a link in a mass message (doc 90256, media/uploadimg): WeCom gives an address, which does not expire.</summary>
    Cover,
}

/// <summary>A copy at WeCom.</summary>
/// <param name="MediaId">For <see cref="MediaUse.Cover"/> its address.</param>
/// <param name="UploadedAt">WeCom's own time of it; the copy is gone three days later.</param>
public sealed record PictureCopy(string Picture, MediaUse Use, string MediaId, DateTimeOffset UploadedAt);

public interface IPictureStore
{
    Task<Picture?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of this file name, the newest first; more than one only where they were taken in at the same time.</summary>
    Task<IReadOnlyList<Picture>> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Picture>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The bytes; null when there is no such picture.</summary>
    Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken);

    Task<PictureCopy?> FindCopyAsync(string id, MediaUse use, CancellationToken cancellationToken);
}

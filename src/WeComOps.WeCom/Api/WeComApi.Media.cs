using WeComOps.Media;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const int LargestPicture = 10 * 1024 * 1024;
    private const int LargestCover = 2 * 1024 * 1024;

    public async Task<ApiResult<UploadedMedia>> UploadPictureAsync(PictureUpload picture, MediaUse use, CancellationToken cancellationToken)
    {
        if (picture.Bytes.Length is <= 5 or > LargestPicture)
        {
            return Refuse<UploadedMedia>("the picture must have 6 bytes to 10 MiB");
        }

        if (use == MediaUse.Cover)
        {
            return await UploadCoverAsync(picture, cancellationToken);
        }

        var call = use == MediaUse.Moment
            ? WireCall.Upload("/cgi-bin/media/upload_attachment", picture, ("media_type", "image"), ("attachment_type", "1"))
            : WireCall.Upload("/cgi-bin/media/upload", picture, ("type", "image"));
        return await CallAsync(
            call, WireJson.Wire.UploadReply, static reply => new UploadedMedia(reply.MediaId.Required(), reply.CreatedAt.Instant()), cancellationToken);
    }

    /// <summary>The answer has no time of its own: the address does not expire.</summary>
    private async Task<ApiResult<UploadedMedia>> UploadCoverAsync(PictureUpload picture, CancellationToken cancellationToken) => picture.Bytes.Length > LargestCover
        ? Refuse<UploadedMedia>("the cover must have at most 2 MiB")
        : await CallAsync(
            WireCall.Upload("/cgi-bin/media/uploadimg", picture), WireJson.Wire.UploadedImageReply,
            static reply => new UploadedMedia(reply.Url.Required(), CreatedAt: null), cancellationToken);
}

using WeComOps.Media;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const int LargestPicture = 10 * 1024 * 1024;

    public async Task<ApiResult<UploadedMedia>> UploadPictureAsync(PictureUpload picture, MediaUse use, CancellationToken cancellationToken)
    {
        if (picture.Bytes.Length is <= 5 or > LargestPicture)
        {
            return Refuse<UploadedMedia>("the picture must have 6 bytes to 10 MiB");
        }

        var call = use == MediaUse.Moment
            ? WireCall.Upload("/cgi-bin/media/upload_attachment", picture, ("media_type", "image"), ("attachment_type", "1"))
            : WireCall.Upload("/cgi-bin/media/upload", picture, ("type", "image"));
        return await CallAsync(
            call, WireJson.Wire.UploadReply, static reply => new UploadedMedia(reply.MediaId.Required(), reply.CreatedAt.Instant()), cancellationToken);
    }
}

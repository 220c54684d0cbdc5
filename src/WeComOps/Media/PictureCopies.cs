using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Media;

/// <summary>
/// Ids under which WeCom knows our pictures. WeCom forgets a copy after three days, so one that has not long to live is replaced
/// before the call that needs it, not after that call failed.
/// </summary>
public sealed class PictureCopies(IPictureStore pictures, IWeComApi wecom, IChangeStore changes, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <summary>A job that WeCom queues may read the picture hours after the call.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(24);

    /// <summary>Within this time no copy is lost by age, whatever the clocks say.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Ids for the pictures, in their order. A failure is the first one met; uploading a picture twice harms nothing.</summary>
    public async Task<ApiResult<IReadOnlyList<string>>> GetAsync(IReadOnlyList<string> ids, MediaUse use, CancellationToken cancellationToken)
    {
        var found = new List<string>(ids.Count);
        foreach (var id in ids)
        {
            var copy = await pictures.FindCopyAsync(id, use, cancellationToken);
            if (copy is not null && (use == MediaUse.Cover || copy.UploadedAt + Life - Margin > clock.GetNow()))
            {
                found.Add(copy.MediaId);
                continue;
            }

            switch (await UploadAsync(id, use, cancellationToken))
            {
                case ApiResult<PictureCopy>.Done done:
                    found.Add(done.Value.MediaId);
                    break;
                case ApiResult<PictureCopy>.Rejected rejected:
                    return new ApiResult<IReadOnlyList<string>>.Rejected(rejected.Code, rejected.Message);
                case ApiResult<PictureCopy>.RetryLater later:
                    return new ApiResult<IReadOnlyList<string>>.RetryLater(later.After, later.Reason);
                case var other:
                    return new ApiResult<IReadOnlyList<string>>.Unknown(other.Describe());
            }
        }

        return new ApiResult<IReadOnlyList<string>>.Done(found, string.Empty);
    }

    /// <summary>Copies that WeCom does not know any more are made anew when they are next needed. False: all of them are too fresh to be forgotten.</summary>
    public async Task<bool> ForgetAsync(IReadOnlyList<string> ids, MediaUse use, CancellationToken cancellationToken)
    {
        var forgotten = new Changes();
        foreach (var id in ids)
        {
            if (await pictures.FindCopyAsync(id, use, cancellationToken) is { } copy && copy.UploadedAt + Fresh < clock.GetNow())
            {
                forgotten.PictureCopies.Add(copy with { UploadedAt = DateTimeOffset.UnixEpoch });
            }
        }

        if (forgotten.PictureCopies.Count == 0)
        {
            return false;
        }

        await changes.CommitAsync(forgotten, cancellationToken);
        return true;
    }

    private async Task<ApiResult<PictureCopy>> UploadAsync(string id, MediaUse use, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(id, cancellationToken) is not { } picture || await pictures.ReadAsync(id, cancellationToken) is not { } bytes)
        {
            return new ApiResult<PictureCopy>.Rejected(ApiCodes.NoSuchMedia, $"picture {id} is not in the store");
        }

        var result = await wecom.UploadPictureAsync(new PictureUpload(picture.Name, picture.ContentType, bytes), use, cancellationToken);
        switch (result)
        {
            case ApiResult<UploadedMedia>.Done done:
                var copy = new PictureCopy(id, use, done.Value.MediaId, done.Value.CreatedAt ?? clock.GetNow());
                var saved = new Changes();
                saved.PictureCopies.Add(copy);
                await changes.CommitAsync(saved, cancellationToken);
                return new ApiResult<PictureCopy>.Done(copy, done.Raw);
            case ApiResult<UploadedMedia>.Rejected rejected:
                return new ApiResult<PictureCopy>.Rejected(rejected.Code, rejected.Message);
            case ApiResult<UploadedMedia>.RetryLater later:
                return new ApiResult<PictureCopy>.RetryLater(later.After, later.Reason);
            default:
                return new ApiResult<PictureCopy>.Unknown(result.Describe());
        }
    }
}

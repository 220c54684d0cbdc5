using WeComOps.Media;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Sees to it that WeCom has the pictures of a push before the push is started: an upload that is cut off must leave nothing
/// UNKNOWN, since uploading again harms nothing. Lives for one round, in which what failed for one push is not tried for the next.
/// </summary>
internal sealed class PushPictures(PictureCopies copies, TimeProvider clock)
{
    /// <summary>After an upload whose outcome nobody knows.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Pictures, MediaUse Use), ApiResult<IReadOnlyList<string>>> _failures = [];

    /// <summary>Media ids for the call and the cover of its link; or, where there are none, what the push becomes instead of being started.</summary>
    public async Task<(IReadOnlyList<string> Media, string? Cover, PushSlice? Instead)> PrepareAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        var (media, instead) = await PrepareAsync(slice, slice.Pictures ?? [], UseOf(slice), cancellationToken);
        if (instead is not null || slice.Card?.Cover is not { } cover)
        {
            return (media, null, instead);
        }

        var (covers, hindered) = await PrepareAsync(slice, [cover], CoverUseOf(slice), cancellationToken);
        return (media, covers.Count == 0 ? null : covers[0], hindered);
    }

    private async Task<(IReadOnlyList<string> Media, PushSlice? Instead)> PrepareAsync(PushSlice slice, IReadOnlyList<string> pictures, MediaUse use, CancellationToken cancellationToken)
    {
        if (pictures.Count == 0)
        {
            return ([], null);
        }

        var key = (string.Join(' ', pictures), use);
        if (!_failures.TryGetValue(key, out var result))
        {
            result = await copies.GetAsync(pictures, use, cancellationToken);
            if (result is not ApiResult<IReadOnlyList<string>>.Done)
            {
                _failures.Add(key, result);
            }
        }

        var now = clock.GetNow();
        return result switch
        {
            ApiResult<IReadOnlyList<string>>.Done done => (done.Value, null),
            ApiResult<IReadOnlyList<string>>.Rejected rejected when ApiCodes.IsConfiguration(rejected.Code) => ([], slice.Postpone(now + ApiCodes.SettingsPause, Words(result))),
            ApiResult<IReadOnlyList<string>>.Rejected => ([], slice.Reject(Words(result))),
            ApiResult<IReadOnlyList<string>>.RetryLater later => ([], slice.Postpone(now + later.After, Words(result))),
            _ => ([], slice.Postpone(now + Pause, Words(result))),
        };
    }

    /// <summary>
    /// WeCom does not know a media id that should still live: true when there are copies old enough to blame, which are made anew
    /// before the push is tried again. A fresh copy that WeCom does not know is no matter of age.
    /// </summary>
    public async Task<bool> RenewAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        var pictures = await copies.ForgetAsync(slice.Pictures ?? [], UseOf(slice), cancellationToken);
        // An address does not age.
        var cover = slice.Card?.Cover is { } id && CoverUseOf(slice) == MediaUse.Moment && await copies.ForgetAsync([id], MediaUse.Moment, cancellationToken);
        return pictures || cover;
    }

    private static MediaUse UseOf(PushSlice slice) => slice.Kind == PushKind.Moment ? MediaUse.Moment : MediaUse.Message;

    private static MediaUse CoverUseOf(PushSlice slice) => slice.Kind == PushKind.Moment ? MediaUse.Moment : MediaUse.Cover;

    private static string Words(ApiResult<IReadOnlyList<string>> result) => "pictures: " + result.Describe();
}

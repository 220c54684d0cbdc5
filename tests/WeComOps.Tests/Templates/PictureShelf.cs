using WeComOps.Media;

namespace WeComOps.Tests.Templates;

/// <summary>A few pictures, for templates that name them.</summary>
internal sealed class PictureShelf : IPictureStore
{
    private static readonly DateTimeOffset Added = new(2026, 11, 9, 4, 0, 0, TimeSpan.Zero);

    private readonly Picture[] _pictures =
    [
        new("0123456789abcdef", "chart.png", "image/png", 640, 480, 1000, "chen", Added),
        new("1111111111111111", "photo.jpg", "image/jpeg", 4032, 3024, 1000, "chen", Added),
        new("2222222222222222", "twice.png", "image/png", 10, 10, 1000, "chen", Added),
        new("3333333333333333", "twice.png", "image/png", 10, 10, 1000, "chen", Added),
    ];

    public Task<Picture?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Array.Find(_pictures, picture => picture.Id == id));

    public Task<IReadOnlyList<Picture>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>([.. _pictures.Where(picture => picture.Name == name)]);

    public Task<IReadOnlyList<Picture>> ListAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PictureCopy?> FindCopyAsync(string id, MediaUse use, CancellationToken cancellationToken) => throw new NotSupportedException();
}

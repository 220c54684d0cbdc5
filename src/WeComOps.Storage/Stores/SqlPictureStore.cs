using WeComOps.Media;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlPictureStore(SqlEngine engine) : IPictureStore
{
    public Task<Picture?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {MediaTables.Columns} FROM pictures WHERE id = @id", [("id", id)], MediaTables.MapPicture, cancellationToken);

    public Task<IReadOnlyList<Picture>> FindByNameAsync(string name, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {MediaTables.Columns} FROM pictures WHERE name = @name ORDER BY added_at DESC, id", [("name", name)], MediaTables.MapPicture, cancellationToken);

    public Task<IReadOnlyList<Picture>> ListAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {MediaTables.Columns} FROM pictures ORDER BY added_at DESC, id LIMIT @limit", [("limit", limit)], MediaTables.MapPicture, cancellationToken);

    public Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT bytes FROM pictures WHERE id = @id", [("id", id)], static reader => reader.GetFieldValue<byte[]>(0), cancellationToken);

    public Task<PictureCopy?> FindCopyAsync(string id, MediaUse use, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT picture, use, media_id, uploaded_at FROM picture_copies WHERE picture = @id AND use = @use",
        [("id", id), ("use", use.Text())], MediaTables.MapCopy, cancellationToken);
}

using System.Data.Common;
using WeComOps.Media;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Pictures with their bytes, and WeCom's copies of them.</summary>
internal static class MediaTables
{
    public const string Columns = "id, name, content_type, width, height, size, added_by, added_at";

    private static readonly Statement InsertPicture = Statement.InsertIfNew("pictures", [.. Columns.Split(", "), "bytes"]);

    private static readonly Statement UpsertCopy = Statement.Upsert("picture_copies", ["picture", "use"], ["media_id", "uploaded_at"]);

    public static ValueTask<int> SaveAsync(SqlSession session, NewPicture added)
    {
        var picture = added.Picture;
        return session.ExecuteAsync(
            InsertPicture, picture.Id, picture.Name, picture.ContentType, (long)picture.Width, (long)picture.Height, picture.Size, picture.AddedBy,
            picture.AddedAt.Ms(), added.Bytes);
    }

    public static ValueTask<int> SaveAsync(SqlSession session, PictureCopy copy) =>
        session.ExecuteAsync(UpsertCopy, copy.Picture, copy.Use.Text(), copy.MediaId, copy.UploadedAt.Ms());

    public static Picture MapPicture(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Picture(row.Text(), row.Text(), row.Text(), row.Int(), row.Int(), row.Long(), row.Text(), row.Time());
    }

    /// <summary>Columns: picture, use, media_id, uploaded_at.</summary>
    public static PictureCopy MapCopy(DbDataReader reader)
    {
        var row = new Row(reader);
        return new PictureCopy(row.Text(), row.Enum<MediaUse>(), row.Text(), row.Time());
    }
}

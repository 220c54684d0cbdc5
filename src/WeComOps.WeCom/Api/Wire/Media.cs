namespace WeComOps.WeCom.Api.Wire;

/// <param name="CreatedAt">A number in one document, a string in the other.</param>
internal sealed record UploadReply(string? MediaId, long CreatedAt);

/// <summary>Of uploadimg (doc 90256).</summary>
internal sealed record UploadedImageReply(string? Url);

internal sealed record MediaImage(string MediaId);

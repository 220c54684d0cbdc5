namespace WeComOps.WeCom.Api.Wire;

/// <param name="CreatedAt">A number in one document, a string in the other.</param>
internal sealed record UploadReply(string? MediaId, long CreatedAt);

internal sealed record MediaImage(string MediaId);

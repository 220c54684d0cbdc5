using System.Text.Json;
using System.Text.Json.Serialization;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>Writes and reads the payload of an <see cref="OutgoingMessage"/>.</summary>
public static class OutgoingMessages
{
    /// <param name="id">Natural key.</param>
    /// <param name="plannedAt">When it may go, UTC.</param>
    /// <param name="expiresAt">When it is pointless: then it is not sent any more.</param>
    public static OutgoingMessage Plan(string id, AppMessage message, DateTimeOffset plannedAt, DateTimeOffset expiresAt) => new(
        id, message.UserId, JsonSerializer.Serialize(Payload.Of(message), PayloadJson.Default.Payload), plannedAt, expiresAt, SliceState.Planned, Error: null, MsgId: null);

    public static AppMessage Read(OutgoingMessage message)
    {
        var payload = JsonSerializer.Deserialize(message.Payload, PayloadJson.Default.Payload)
            ?? throw new InvalidOperationException($"Message {message.Id} has no payload.");
        return payload.TaskId is null
            ? new AppMessage.Text(message.UserId, payload.Text)
            : new AppMessage.Card(message.UserId, payload.TaskId, payload.Title ?? string.Empty, payload.Text, payload.Buttons ?? [], payload.Selection);
    }

    internal sealed record Payload(string Text, string? TaskId, string? Title, IReadOnlyList<CardButton>? Buttons, CardSelection? Selection)
    {
        public static Payload Of(AppMessage message) => message switch
        {
            AppMessage.Text text => new Payload(text.Content, null, null, null, null),
            AppMessage.Card card => new Payload(card.Description, card.TaskId, card.Title, card.Buttons, card.Selection),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "No such kind of message."),
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutgoingMessages.Payload))]
internal sealed partial class PayloadJson : JsonSerializerContext;

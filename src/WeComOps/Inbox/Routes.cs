using WeComOps.WeCom;

namespace WeComOps.Inbox;

/// <summary>The whole routing table: which handlers a callback goes to. No handler: kept and counted.</summary>
internal static class Routes
{
    public static IReadOnlyList<string> Of(WeComEvent message) => message switch
    {
        WeComEvent.CustomerAdded => [HandlerName.RecordFriend],
        WeComEvent.CustomerLeft => [HandlerName.RecordLoss],
        WeComEvent.CustomerRemoved => [HandlerName.EndFriendship],
        WeComEvent.GroupCreated or WeComEvent.GroupUpdated or WeComEvent.GroupDismissed => [HandlerName.RecordGroup],
        WeComEvent.TextReceived => [HandlerName.RouteQuestion],
        WeComEvent.CardClicked => [HandlerName.ReceiveCardClick],
        _ => [],
    };

    /// <summary>What a message is about: the messages of one lane keep their order, on however many nodes they are handled.</summary>
    public static string LaneOf(WeComEvent message) => message switch
    {
        WeComEvent.CustomerAdded e => e.ExternalUserId,
        WeComEvent.CustomerLeft e => e.ExternalUserId,
        WeComEvent.CustomerRemoved e => e.ExternalUserId,
        WeComEvent.GroupCreated e => e.ChatId,
        WeComEvent.GroupUpdated e => e.ChatId,
        WeComEvent.GroupDismissed e => e.ChatId,
        WeComEvent.TextReceived e => e.UserId,
        WeComEvent.CardClicked e => e.UserId,
        _ => string.Empty,
    };

    public static string NameOf(WeComEvent message) => message is WeComEvent.Other other ? other.Name : message.GetType().Name;
}

/// <summary>Stored with inbox items: never rename without a migration.</summary>
internal static class HandlerName
{
    public const string RecordFriend = "customers.record-friend";
    public const string RecordLoss = "customers.record-loss";
    public const string EndFriendship = "customers.end-friendship";
    public const string RecordGroup = "customers.record-group";
    public const string RouteQuestion = "answers.route-question";
    public const string ReceiveCardClick = "answers.receive-card-click";
}

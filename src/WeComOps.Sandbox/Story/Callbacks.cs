using System.Globalization;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox.Story;

/// <summary>Turns what happened into WeCom's callbacks and queues them for delivery. Called while the world is held.</summary>
internal sealed class Callbacks(World world, CallbackSender sender)
{
    private string Corp => world.Options.CorpId;

    /// <summary>Where callbacks go; nothing is sent before the product is connected.</summary>
    public Uri? Target { get; set; }

    public void FriendAdded(Friendship friend, DateTimeOffset at, string welcomeCode) => Contact(friend, at, "add_external_contact", welcomeCode);

    public void FriendLost(Friendship friend, DateTimeOffset at) => Contact(friend, at, "del_follow_user", null);

    public void FriendRemoved(Friendship friend, DateTimeOffset at) => Contact(friend, at, "del_external_contact", null);

    public void GroupCreated(CustomerGroup group, DateTimeOffset at) =>
        Send($"chat/{group.ChatId}", $"create/{group.ChatId}", Chat(group, at, "create"));

    /// <summary>Customers came into a group.</summary>
    /// <param name="scene">0 invited, 3 by the join code: the numbers of the event, not those of groupchat/get (WeCom doc 92130).</param>
    public void MembersAdded(CustomerGroup group, IReadOnlyList<Customer> customers, int scene, DateTimeOffset at) =>
        Members(group, customers, at, "add_member", "JoinScene", scene);

    public void MembersLeft(CustomerGroup group, IReadOnlyList<Customer> customers, DateTimeOffset at) =>
        Members(group, customers, at, "del_member", "QuitScene", 0);

    public void AdvisorWrote(Advisor advisor, string lane, string name, string content, DateTimeOffset at)
    {
        var id = (long)(world.Dice.Bits("message-id", advisor.Index, at.ToUnixTimeSeconds(), (long)Dice.Hash(content)) >> 2);
        Send(lane, name, CallbackXml.Message(Corp, advisor.UserId, at, content, id, world.Options.AgentId));
    }

    public void CardPressed(Advisor advisor, AppMessage card, string key, string responseCode, (string Question, string Option)? selected, DateTimeOffset at)
    {
        var xml = CallbackXml.Member(Corp, advisor.UserId, at, "template_card_event").Text("EventKey", key).Text("TaskId", card.TaskId ?? "")
            .Text("CardType", card.CardType ?? "").Text("ResponseCode", responseCode);
        if (selected is { } choice) xml.Selected(choice.Question, choice.Option);
        xml.Number("AgentID", world.Options.AgentId);
        Send($"card/{advisor.UserId}", string.Create(CultureInfo.InvariantCulture, $"card/{advisor.UserId}/{card.TaskId}/{key}/{at.ToUnixTimeSeconds()}"), xml);
    }

    /// <summary>The member list's version before the number of changes that are given.</summary>
    public string MemberVersion(CustomerGroup group, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Dice.Hash(group.ChatId):x16}{world.Dice.Bits("member-version", (long)Dice.Hash(group.ChatId), version):x16}");

    private void Contact(Friendship friend, DateTimeOffset at, string change, string? welcomeCode)
    {
        var xml = CallbackXml.System(Corp, at, "change_external_contact").Text("ChangeType", change).Text("UserID", friend.Advisor.UserId)
            .Text("ExternalUserID", friend.Customer.ExternalUserId);
        if (welcomeCode is not null) xml.Text("WelcomeCode", welcomeCode);
        Send(Pair(friend.Advisor, friend.Customer), $"{change}/{friend.Advisor.UserId}/{friend.Customer.ExternalUserId}", xml);
    }

    public static string Pair(Advisor advisor, Customer customer) => $"{advisor.UserId}/{customer.ExternalUserId}";

    private CallbackXml Chat(CustomerGroup group, DateTimeOffset at, string change) =>
        CallbackXml.System(Corp, at, "change_external_chat").Text("ChatId", group.ChatId).Text("ChangeType", change);

    private void Members(CustomerGroup group, IReadOnlyList<Customer> customers, DateTimeOffset at, string detail, string sceneName, int scene)
    {
        group.Version++;
        var xml = Chat(group, at, "update").Text("UpdateDetail", detail).Number(sceneName, scene).Number("MemChangeCnt", customers.Count)
            .Items("MemChangeList", customers.Select(customer => customer.ExternalUserId))
            .Text("LastMemVer", MemberVersion(group, group.Version - 1)).Text("CurMemVer", MemberVersion(group, group.Version));
        Send($"chat/{group.ChatId}", string.Create(CultureInfo.InvariantCulture, $"{detail}/{group.ChatId}/{group.Version}"), xml);
    }

    private void Send(string lane, string name, CallbackXml xml)
    {
        if (Target is not { } target) return;
        var faults = world.Faults;
        var tie = (long)Dice.Hash(name);
        if (faults.LoseCallbacks > 0 && world.Dice.Chance(faults.LoseCallbacks, "lose", tie))
        {
            world.Journal.Note(world.Clock.GetUtcNow(), "callback_dropped", reference: name);
            return;
        }

        var copies = faults.DuplicateCallbacks > 0 && world.Dice.Chance(faults.DuplicateCallbacks, "duplicate", tie) ? 2 : 1;
        var text = xml.ToString();
        world.Outgoing.Add(new Delivery(lane, async cancellationToken =>
        {
            for (var copy = 1; copy <= copies; copy++)
            {
                if (await sender.PostAsync(target, name, text, faults.RetryCallbackOnStatus, cancellationToken)) continue;
                lock (world.Gate) world.Journal.Note(world.Clock.GetUtcNow(), "callback_lost", reference: name);
            }
        }));
    }
}

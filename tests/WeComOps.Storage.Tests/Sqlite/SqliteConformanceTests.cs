using WeComOps.Storage.Tests.Conformance;

namespace WeComOps.Storage.Tests.Sqlite;

public sealed class SqliteInboxStoreTests : InboxStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteLedgerTests : LedgerTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteChangeStoreTests : ChangeStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqlitePushStoreTests : PushStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteOutgoingStoreTests : OutgoingStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteQuestionStoreTests : QuestionStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteCustomerStoreTests : CustomerStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteGroupStoreTests : GroupStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteDirectoryStoreTests : DirectoryStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteInstructionStoreTests : InstructionStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteLinkStoreTests : LinkStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteScorecardStoreTests : ScorecardStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteAuditStoreTests : AuditStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqlitePictureStoreTests : PictureStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteSharedStoreTests : SharedStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteDutyStoreTests : DutyStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteFencingTests : FencingTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteDispatchingTests : DispatchingTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteDecidingTests : DecidingTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteHealingStoreTests : HealingStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteMarketStoreTests : MarketStoreTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqlitePicturePushTests : PicturePushTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteStopTests : StopTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteLookAndCallbackTests : LookAndCallbackTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

public sealed class SqliteSilentWeComTests : SilentWeComTests
{
    protected override TestDatabase CreateDatabase() => new SqliteTestDatabase();
}

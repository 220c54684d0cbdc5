using WeComOps.Storage.Tests.Conformance;

namespace WeComOps.Storage.Tests.PostgreSql;

public sealed class PostgreSqlInboxStoreTests : InboxStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlLedgerTests : LedgerTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlChangeStoreTests : ChangeStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlPushStoreTests : PushStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlOutgoingStoreTests : OutgoingStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlQuestionStoreTests : QuestionStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlCustomerStoreTests : CustomerStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlGroupStoreTests : GroupStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlDirectoryStoreTests : DirectoryStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlInstructionStoreTests : InstructionStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlLinkStoreTests : LinkStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlScorecardStoreTests : ScorecardStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlAuditStoreTests : AuditStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlSharedStoreTests : SharedStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlDutyStoreTests : DutyStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlFencingTests : FencingTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlDispatchingTests : DispatchingTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlDecidingTests : DecidingTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlHealingStoreTests : HealingStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlPictureStoreTests : PictureStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlMarketStoreTests : MarketStoreTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlPicturePushTests : PicturePushTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlStopTests : StopTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlLookAndCallbackTests : LookAndCallbackTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

public sealed class PostgreSqlSilentWeComTests : SilentWeComTests
{
    protected override TestDatabase CreateDatabase() => new PostgreSqlTestDatabase();
}

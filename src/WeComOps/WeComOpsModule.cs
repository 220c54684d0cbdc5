using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Actions;
using WeComOps.Answers;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Links;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Sales;
using WeComOps.Scorecard;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps;

/// <summary>Registers the product. Stores, WeCom and the template engine come from their own projects.</summary>
public static class WeComOpsModule
{
    public static IServiceCollection AddWeComOps(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEntropy, SystemEntropy>();
        services.TryAddSingleton(NodeName.New());
        services.TryAddSingleton<Duties>();
        return services.AddRules(configuration).AddInbox().AddHealing().AddTemplates().AddInstructions().AddOutbox().AddAnswers().AddLinks().AddSales().AddScorecard();
    }

    private static IServiceCollection AddRules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<CalendarOptions>(configuration, CalendarOptions.SectionName, options => options.Validate());
        services.AddChecked<PushOptions>(configuration, PushOptions.SectionName, options => options.Validate());
        services.AddChecked<LinksOptions>(configuration, LinksOptions.SectionName, options => options.Validate());
        services.AddChecked<AnswersOptions>(configuration, AnswersOptions.SectionName, options => options.Validate());
        services.AddChecked<AccessOptions>(configuration, AccessOptions.SectionName, options => options.Validate());
        services.AddChecked<SalesOptions>(configuration, SalesOptions.SectionName, options => options.Validate());
        services.AddChecked<ScorecardRules>(configuration, ScorecardRules.SectionName, options => options.Validate());
        services.Configure<ScorecardRules>(rules =>
        {
            if (configuration.GetSection("Customers:ValuableTiers").Get<List<string>>() is { Count: > 0 } tiers)
            {
                rules.ValuableTiers = tiers;
            }

            // Binding adds to a list that has defaults: what is configured replaces them.
            if (configuration.GetSection(ScorecardRules.SectionName + ":InvestmentTopics").Get<List<string>>() is { Count: > 0 } topics)
            {
                rules.InvestmentTopics = topics;
            }
        });
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<ScorecardRules>>().Value)
            .AddSingleton(provider => new BusinessCalendar(provider.GetRequiredService<IOptions<CalendarOptions>>().Value));
    }

    private static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<IMessageHandler, RecordFriend>()
        .AddSingleton<IMessageHandler, RecordLoss>()
        .AddSingleton<IMessageHandler, EndFriendship>()
        .AddSingleton<IMessageHandler, RecordGroup>()
        .AddSingleton<GroupComparison>()
        .AddSingleton<IMessageHandler, RouteQuestion>()
        .AddSingleton<IMessageHandler, ReceiveCardClick>()
        .AddSingleton<InboxDispatcher>()
        .AddSingleton<ReplayParked>()
        .AddSingleton<SyncDirectory>()
        .AddSingleton<SyncCustomers>()
        .AddSingleton<ImportCustomers>()
        .AddSingleton<RecordLeave>();

    private static IServiceCollection AddHealing(this IServiceCollection services) => services
        .AddSingleton<HealRequests>()
        .AddSingleton<HealCustomers>()
        .AddSingleton<HealEndings>()
        .AddSingleton<HealGroups>()
        .AddSingleton<HealResults>()
        .AddSingleton(provider => new Heal(
            provider.GetRequiredService<IHealingStore>(), provider.GetRequiredService<IDirectoryStore>(), provider.GetRequiredService<IChangeStore>(),
            provider.GetRequiredService<HealCustomers>(), provider.GetRequiredService<HealEndings>(), provider.GetRequiredService<HealGroups>(),
            provider.GetRequiredService<HealResults>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Heal>>()));

    private static IServiceCollection AddTemplates(this IServiceCollection services) => services
        .AddSingleton<ITemplateEngine, ScribanTemplates>()
        .AddSingleton(provider => new LintSettings
        {
            AllowedHosts = provider.GetRequiredService<IOptions<LinksOptions>>().Value.AllowedHosts,
            ExecutorsPerWording = provider.GetRequiredService<IOptions<PushOptions>>().Value.ExecutorsPerWording,
        })
        .AddSingleton<TemplateLint>()
        .AddSingleton<TemplateDesk>()
        .AddSingleton<EnterMarketFact>()
        .AddSingleton<AddPicture>()
        .AddSingleton<PictureCopies>()
        .AddSingleton<TemplatePictures>();

    private static IServiceCollection AddInstructions(this IServiceCollection services) => services
        .AddSingleton<PrepareInstruction>()
        .AddSingleton(provider => new IssueInstruction(
            provider.GetRequiredService<PrepareInstruction>(), provider.GetRequiredService<IChangeStore>(), provider.GetRequiredService<IEntropy>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PreflightInstruction(
            provider.GetRequiredService<PrepareInstruction>(), provider.GetRequiredService<IInstructionStore>(), provider.GetRequiredService<ICustomerStore>(),
            provider.GetRequiredService<TemplateLint>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<StopInstruction>()
        .AddSingleton<PullRequestsSent>()
        .AddSingleton<SendDailyTasks>()
        .AddSingleton<AdvanceJoinCodes>();

    private static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<Exposures>()
        .AddSingleton<LaunchPermission>()
        .AddSingleton<LaunchPushes>()
        .AddSingleton<SettlePushes>()
        .AddSingleton<PollPushes>()
        .AddSingleton<ReadReactions>()
        .AddSingleton<SendMessages>()
        .AddSingleton<SendTrial>();

    private static IServiceCollection AddAnswers(this IServiceCollection services) => services.AddSingleton(provider => new AnswerDesk(
        provider.GetRequiredService<IQuestionStore>(), provider.GetRequiredService<IChangeStore>(), provider.GetRequiredService<ICustomerStore>(),
        provider.GetRequiredService<Exposures>(), provider.GetRequiredService<BusinessCalendar>(), provider.GetRequiredService<TemplateLint>(),
        provider.GetRequiredService<IOptions<AnswersOptions>>(), provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddLinks(this IServiceCollection services) => services.AddSingleton<ClickLog>().AddSingleton<FollowLink>().AddSingleton<LinkMisses>();

    private static IServiceCollection AddSales(this IServiceCollection services) => services.AddSingleton<RecordSale>();

    private static IServiceCollection AddScorecard(this IServiceCollection services) => services.AddSingleton<CloseWeek>();

    /// <summary>Binds a section and reports its faults, all together, when the host starts.</summary>
    private static void AddChecked<TOptions>(
        this IServiceCollection services, IConfiguration configuration, string section, Func<TOptions, IEnumerable<string>> faults)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new Check<TOptions>(faults));
    }

    private sealed class Check<TOptions>(Func<TOptions, IEnumerable<string>> faults) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var found = faults(options).ToArray();
            return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
        }
    }
}

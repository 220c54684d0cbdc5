namespace WeComOps.Console;

/// <summary>A job that the settings page lists with the last period it ran to its end. The host registers one for each of its jobs.</summary>
/// <param name="Name">Name under which the job stores its periods.</param>
/// <param name="Schedule">When it runs, in words or as a cron expression, Asia/Shanghai.</param>
public sealed record ConsoleJob(string Name, string Schedule);

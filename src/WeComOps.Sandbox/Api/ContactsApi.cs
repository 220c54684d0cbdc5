using System.Globalization;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Departments and members (docs 90208, 90200, 90201, 90196).</summary>
internal sealed class ContactsApi(World world)
{
    private const int Root = 1;
    private const string BankName = "示例银行";

    public Answer Departments(ApiCall call)
    {
        var id = call.NumericParameter("id") ?? Root;
        if (call.Parameter("id") is not null && call.NumericParameter("id") is null) return Answer.Invalid("id");
        if (!Exists(id)) return Answer.Fail(60123, "invalid party id");
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("department");
            if (id == Root) Department(writer, Root, BankName, 0);
            foreach (var branch in Branch.All.Where(branch => id == Root || branch.DepartmentId == id)) Department(writer, branch.DepartmentId, branch.Name, Root);
            writer.WriteEndArray();
        });
    }

    public Answer SimpleList(ApiCall call) => Members(call, (writer, advisor) =>
    {
        writer.WriteString("userid", advisor.UserId);
        writer.WriteString("name", advisor.Name);
        Numbers(writer, "department", advisor.Branch.DepartmentId);
        writer.WriteString("open_userid", "");
    });

    public Answer List(ApiCall call) => Members(call, Details);

    public Answer Get(ApiCall call)
    {
        if (call.Parameter("userid") is not { } userId) return Answer.Missing("userid");
        return world.AdvisorsById.TryGetValue(userId, out var advisor) ? Answer.Ok(writer => Details(writer, advisor)) : Answer.Fail(60111, "userid not found");
    }

    private Answer Members(ApiCall call, Action<Utf8JsonWriter, Advisor> write)
    {
        if (call.NumericParameter("department_id") is not { } id) return Answer.Missing("department_id");
        if (!Exists(id)) return Answer.Fail(60123, "invalid party id");
        // The bank itself has no direct members: they come with fetch_child.
        var all = id == Root && call.Parameter("fetch_child") == "1";
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("userlist");
            foreach (var advisor in world.Advisors.Where(advisor => all || advisor.Branch.DepartmentId == id))
            {
                writer.WriteStartObject();
                write(writer, advisor);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static bool Exists(long id) => id == Root || Branch.All.Any(branch => branch.DepartmentId == id);

    private static void Department(Utf8JsonWriter writer, int id, string name, int parent)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", id);
        writer.WriteString("name", name);
        writer.WriteString("name_en", "");
        writer.Strings("department_leader", []);
        writer.WriteNumber("parentid", parent);
        writer.WriteNumber("order", 1000 - id);
        writer.WriteEndObject();
    }

    private static void Details(Utf8JsonWriter writer, Advisor advisor)
    {
        writer.WriteString("userid", advisor.UserId);
        writer.WriteString("name", advisor.Name);
        Numbers(writer, "department", advisor.Branch.DepartmentId);
        Numbers(writer, "order", 0);
        writer.WriteString("position", advisor.Position);
        Numbers(writer, "is_leader_in_dept", 0);
        writer.Strings("direct_leader", []);
        writer.WriteString("telephone", "");
        writer.WriteString("alias", "");
        writer.WriteNumber("status", 1);
        writer.WriteNumber("main_department", advisor.Branch.DepartmentId);
        writer.WriteStartObject("extattr");
        writer.WriteStartArray("attrs");
        writer.WriteStartObject();
        writer.WriteNumber("type", 0);
        writer.WriteString("name", "工号");
        writer.WriteStartObject("text");
        writer.WriteString("value", (100001 + advisor.Index).ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("external_position", advisor.Position);
    }

    private static void Numbers(Utf8JsonWriter writer, string name, int value)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}

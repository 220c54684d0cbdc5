namespace WeComOps.WeCom.Tests.Api;

public sealed class DirectoryAndCustomersTests
{
    private const string Customer = "wmEXCUST0000000000000000000001";

    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task Departments_are_listed()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "department": [{"id": 2, "name": "广州分行", "name_en": "RDGZ", "department_leader": ["adv_zhang"], "parentid": 1, "order": 10}, {"id": "3", "parentid": 2}]}""");

        Assert.Equal([new(2, "广州分行", 1), new(3, "", 2)], (await _wecom.Api.GetDepartmentsAsync(default)).Done());
        _wecom.Only.IsGet("/cgi-bin/department/list");
    }

    [Fact]
    public async Task Members_of_a_department_are_listed()
    {
        _wecom.Answer("""{"errcode": 0, "userlist": [{"userid": "adv_zhang", "name": "张三", "department": [2, "3"], "position": "理财经理", "status": 1, "main_department": 2, "extattr": {"attrs": []}}, {"userid": "adv_li", "name": "李四", "position": ""}]}""");

        var members = (await _wecom.Api.GetMembersAsync(2, default)).Done();

        _wecom.Only.IsGet("/cgi-bin/user/list", "&department_id=2");
        Assert.Equal(("adv_zhang", "张三", "理财经理", 2L, 1), (members[0].UserId, members[0].Name, members[0].Position, members[0].MainDepartment, members[0].Status));
        Assert.Equal([2, 3], members[0].Departments);
        Assert.Equal((null, 0L), (members[1].Position, members[1].MainDepartment));
    }

    [Fact]
    public async Task Members_with_customer_contact_are_listed()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "follow_user": ["adv_zhang", "adv_li"]}""");

        Assert.Equal(["adv_zhang", "adv_li"], (await _wecom.Api.GetFollowUsersAsync(default)).Done());
        _wecom.Only.IsGet("/cgi-bin/externalcontact/get_follow_user_list");
    }

    [Fact]
    public async Task A_customer_is_read_with_all_followers_over_all_pages()
    {
        _wecom.Answer($$"""{"errcode": 0, "external_contact": {"external_userid": "{{Customer}}", "name": "李女士", "type": 1, "gender": "2", "unionid": "oEX"}, "follow_user": [{"userid": "adv_zhang", "remark": "李女士-R2", "createtime": 1767225600, "tags": [{"type": 2}], "oper_userid": "adv_zhang", "add_way": 1, "state": "st_br001_p01"}], "next_cursor": "C+1"}""")
            .Answer($$"""{"errcode": 0, "external_contact": {"external_userid": "{{Customer}}", "name": "李女士", "type": 1}, "follow_user": [{"userid": "adv_li", "remark": "", "createtime": "1767312000", "oper_userid": "{{Customer}}", "add_way": 10, "state": ""}], "next_cursor": ""}""");

        var customer = (await _wecom.Api.GetCustomerAsync(Customer, default)).Done();

        Assert.Equal((Customer, "李女士", "oEX", 1), (customer.ExternalUserId, customer.Name, customer.UnionId, customer.Type));
        Assert.Equal(
            [
                new("adv_zhang", DateTimeOffset.FromUnixTimeSeconds(1767225600), 1, "adv_zhang", "st_br001_p01", "李女士-R2"),
                new("adv_li", DateTimeOffset.FromUnixTimeSeconds(1767312000), 10, Customer, null, null),
            ],
            customer.Follows);
        Assert.Equal(
            [$"?access_token=T1&external_userid={Customer}", $"?access_token=T1&external_userid={Customer}&cursor=C%2B1"],
            _wecom.Requests.Select(static request => request.Query),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Customers_of_members_come_page_by_page_with_the_members_of_the_page()
    {
        _wecom.Answer($$$"""{"errcode": 0, "external_contact_list": [{"external_contact": {"external_userid": "{{{Customer}}}", "name": "李", "type": 1}, "follow_info": {"userid": "adv_a", "createtime": 1, "add_way": 3}}], "next_cursor": "N1"}""")
            .Answer($$$"""{"errcode": 0, "external_contact_list": [{"external_contact": {"external_userid": "wm2", "name": "王", "type": 2}, "follow_info": {"userid": "adv_a", "createtime": 2}}, {"external_contact": {"external_userid": "wm2", "name": "王", "type": 2}, "follow_info": {"userid": "adv_b", "createtime": 3}}]}""");

        var first = (await _wecom.Api.GetCustomersPageAsync(["adv_a", "adv_b"], "", default)).Done();
        var second = (await _wecom.Api.GetCustomersPageAsync(["adv_a", "adv_b"], first.Next, default)).Done();

        Assert.Equal((Customer, "N1"), (Assert.Single(first.Items).ExternalUserId, first.Next));
        Assert.Equal(["adv_a", "adv_b"], Assert.Single(second.Items).Follows.Select(static follow => follow.UserId), StringComparer.Ordinal);
        Assert.Equal("", second.Next);
        var requests = _wecom.Requests.ToList();
        requests[0].IsPost("/cgi-bin/externalcontact/batch/get_by_user", """{"userid_list": ["adv_a", "adv_b"], "cursor": "", "limit": 100}""");
        requests[1].IsPost("/cgi-bin/externalcontact/batch/get_by_user", """{"userid_list": ["adv_a", "adv_b"], "cursor": "N1", "limit": 100}""");
    }

    [Fact]
    public async Task A_page_that_names_itself_as_the_next_one_is_no_answer()
    {
        _wecom.Answer("""{"errcode": 0, "external_contact_list": [], "next_cursor": "N1"}""");

        Assert.IsType<ApiResult<WeComPage<WeComCustomer>>.Unknown>(await _wecom.Api.GetCustomersPageAsync(["adv_a"], "N1", default));
    }

    [Fact]
    public async Task Members_without_customers_have_none()
    {
        var page = (await _wecom.Code(84061).Api.GetCustomersPageAsync(["adv_a"], "", default)).Done();

        Assert.Empty(page.Items);
        Assert.Equal("", page.Next);
        Assert.Empty((await _wecom.Code(84061).Api.GetCustomerIdsAsync("adv_a", default)).Done());
    }

    [Fact]
    public async Task The_ids_of_a_members_customers_come_in_one_answer()
    {
        _wecom.Answer($$"""{"errcode": 0, "errmsg": "ok", "external_userid": ["{{Customer}}", "wm2"]}""");

        Assert.Equal([Customer, "wm2"], (await _wecom.Api.GetCustomerIdsAsync("adv_a", default)).Done());
        _wecom.Only.IsGet("/cgi-bin/externalcontact/list", "&userid=adv_a");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task More_than_100_members_or_none_are_refused_unsent(int count)
    {
        (await _wecom.Api.GetCustomersPageAsync([.. Enumerable.Range(0, count).Select(static number => $"u{number}")], "", default)).RejectedWith(40058);
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task Behaviour_is_asked_for_one_member_by_Shanghai_days_and_absent_replies_stay_absent()
    {
        _wecom.Answer("""{"errcode": 0, "behavior_data": [{"stat_time": 1767196800, "chat_cnt": 42, "message_cnt": 180, "reply_percentage": 92.31, "avg_reply_time": 4, "negative_feedback_cnt": 1, "new_apply_cnt": 12, "new_contact_cnt": 7}, {"stat_time": "1767283200", "chat_cnt": 0, "message_cnt": 0, "negative_feedback_cnt": 0, "new_apply_cnt": "3", "new_contact_cnt": 1}]}""");

        var days = (await _wecom.Api.GetBehaviorAsync("adv_zhang", new(2026, 1, 1), new(2026, 1, 2), default)).Done();

        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_user_behavior_data", """{"userid": ["adv_zhang"], "start_time": 1767196800, "end_time": 1767283200}""");
        Assert.Equal(
            [new(new(2026, 1, 1), 12, 7, 42, 180, 92.31m, 4, 1), new(new(2026, 1, 2), 3, 1, 0, 0, null, null, 0)],
            days);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task Behaviour_spans_at_most_30_days(int apart, bool sent)
    {
        _wecom.Answer("""{"errcode": 0, "behavior_data": []}""");
        var from = new DateOnly(2026, 1, 1);

        var result = await _wecom.Api.GetBehaviorAsync("adv_zhang", from, from.AddDays(apart), default);

        Assert.Equal(sent, result is ApiResult<IReadOnlyList<BehaviorDay>>.Done);
        Assert.Equal(sent ? 1 : 0, _wecom.Requests.Count);
    }
}

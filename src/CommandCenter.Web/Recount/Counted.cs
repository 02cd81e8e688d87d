namespace CommandCenter.Web.Recount;

/// <summary>The figures that the recount counts, in the naive count's own words. <see cref="CellTable"/> says where the product keeps them.</summary>
internal enum Counted : byte
{
    /// <summary>新收 by class: 执, 执恢, 执保, other. So are the four groups after it.</summary>
    Received = 0,
    Closed = 4,
    Revoked = 8,
    TransferredIn = 12,
    TransferredOut = 16,

    /// <summary>结案 of 执 and 执恢 by the six ways, and below it the closings undone.</summary>
    ClosedBy = 20,
    RevokedBy = 26,

    /// <summary>Terminal cases for which a 执恢 case was filed.</summary>
    Reinstated = 32,
    FundsIn,
    FundsInReversed,
    FundsOut,
    FundsOutReversed,
    PetitionsReceived,
    PetitionsAnswered,
    Irregular,
}

/// <summary>The stocks, which have no window: what is so now.</summary>
internal enum CountedStock : byte
{
    /// <summary>存案 by class: 执, 执恢, 执保, other.</summary>
    Pending = 0,

    /// <summary>终本存量.</summary>
    Terminal = 4,

    /// <summary>超期: open 执 and 执恢 cases beyond their limit.</summary>
    Overdue = 5,

    /// <summary>查控到期 of open cases: the last day is past.</summary>
    ControlsLapsed = 6,

    /// <summary>The last day is within 1, 3, 7, 15, 30 or 60 days, today included.</summary>
    ControlsWithin = 7,

    /// <summary>在岗: officers whose duty began last.</summary>
    OfficersOnDuty = 13,
}

/// <summary>Stocks and sums of a court part by part: by the node where cases stand, and by the handler who has them now.</summary>
internal enum CountedPart
{
    /// <summary>存案 of 执 and 执恢 that stand at a node. So is the figure after it, of which the limit is past.</summary>
    Standing,
    StandingOverdue,

    /// <summary>存案 of 执 and 执恢 of a handler, and of those the suspended and the overdue ones.</summary>
    Pending,
    Suspended,
    Overdue,

    /// <summary>终本存量 of a handler.</summary>
    Terminal,

    /// <summary>款在账 of a handler, in fen.</summary>
    Held,

    /// <summary>新收 of today, this month and this year, of the cases that a handler has now, at the court that filed them.</summary>
    ReceivedToday,
    ReceivedMonth,
    ReceivedYear,

    /// <summary>结案 of today, this month and this year, if they still are.</summary>
    ClosedToday,
    ClosedMonth,
    ClosedYear,
}

/// <summary>One such figure.</summary>
/// <param name="Figure">What is counted.</param>
/// <param name="Of">The number of the node, or the handler's name; empty for the cases that nobody has.</param>
internal readonly record struct PartKey(CountedPart Figure, string Of);

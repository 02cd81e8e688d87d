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

using CommandCenter.Web.Access;

namespace CommandCenter.Web.PersonalData;

/// <summary>What the host calls so that what tells of people is guarded.</summary>
internal static class PersonalDataRegistration
{
    public static void AddPersonalData(this IServiceCollection services)
    {
        services.AddSingleton<QuestionSeal>();
        services.AddSingleton(static provider => QuestionPrint.Open(provider.GetRequiredService<MachineKeys>().Directory));
        services.AddSingleton<RevealDesk>();
    }
}

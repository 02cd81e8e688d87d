using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>The functions of GLib and GObject that are called. None with variable arguments: those cannot be called safely from here.</summary>
internal static unsafe partial class GLib
{
    public const string Library = "libglib-2.0.so.0";
    public const string ObjectLibrary = "libgobject-2.0.so.0";

    private const nint TypeString = 16 << 2; // G_TYPE_STRING

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_main_context_new")]
    public static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "g_main_context_iteration")]
    public static partial int Iterate(nint context, int mayBlock);

    [LibraryImport(Library, EntryPoint = "g_main_context_wakeup")]
    public static partial void Wake(nint context);

    [LibraryImport(Library, EntryPoint = "g_main_context_unref")]
    public static partial void UnrefContext(nint context);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_object_unref")]
    public static partial void UnrefObject(nint instance);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint Connect(nint instance, string signal, nint callback, nint data, nint destroy, int flags);

    /// <summary>Sets a text property to exactly this text: nothing in it is read as syntax.</summary>
    public static void SetText(nint instance, string property, string text)
    {
        var value = default(Value);
        _ = InitValue(&value, TypeString);
        SetString(&value, text);
        SetProperty(instance, property, &value);
        UnsetValue(&value);
    }

    /// <summary>Sets a text field of a structure to exactly this text.</summary>
    public static void SetField(nint structure, string field, string text)
    {
        var value = default(Value);
        _ = InitValue(&value, TypeString);
        SetString(&value, text);
        SetStructureValue(structure, field, &value);
        UnsetValue(&value);
    }

    /// <summary>The text of memory that is ours from here on; frees it.</summary>
    public static string? TakeText(nint memory)
    {
        var text = Marshal.PtrToStringUTF8(memory);
        Free(memory);
        return text;
    }

    /// <summary>Domain, code and text of an error that is ours from here on; frees it.</summary>
    public static (string Domain, int Code, string Text) TakeError(nint error)
    {
        if (error == 0)
        {
            return ("", 0, "no reason given");
        }

        var at = (Error*)error;
        var taken = (Marshal.PtrToStringUTF8(QuarkName(at->Domain)) ?? "", at->Code, Marshal.PtrToStringUTF8(at->Message) ?? "");
        FreeError(error);
        return taken;
    }

    [LibraryImport(Library, EntryPoint = "g_error_free")]
    private static partial void FreeError(nint error);

    [LibraryImport(Library, EntryPoint = "g_quark_to_string")]
    private static partial nint QuarkName(uint quark);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_value_init")]
    private static partial nint InitValue(Value* value, nint type);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetString(Value* value, string text);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_value_unset")]
    private static partial void UnsetValue(Value* value);

    [LibraryImport(ObjectLibrary, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetProperty(nint instance, string property, Value* value);

    [LibraryImport(Gst.Library, EntryPoint = "gst_structure_set_value", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetStructureValue(nint structure, string field, Value* value);

    // GValue: a type and two words of data.
    private struct Value
    {
#pragma warning disable CS0169, IDE0051 // Only GObject reads and writes it.
        private readonly nint _type;
        private readonly long _first;
        private readonly long _second;
#pragma warning restore CS0169, IDE0051
    }

    private readonly struct Error(uint domain, int code, nint message)
    {
        public readonly uint Domain = domain;
        public readonly int Code = code;
        public readonly nint Message = message;
    }
}

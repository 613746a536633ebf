namespace EmbeddedFunctions.Durability.Storage;

internal enum RowWriteKind
{
    Insert,
    Replace,
    Delete,
}

#!/bin/sh
# Has Event Grid tell the app of what is put in the drop folder. The template fetches the key itself, so that it passes through no command line.
set -eu
cd "$(dirname "$0")/.."

command -v az >/dev/null || { echo "The drop folder needs the Azure CLI (az), which is missing. Install it, sign in, then: azd hooks run postdeploy" >&2; exit 1; }

# The key appears when the host has seen the new code, which can take minutes.
tries=20
until az deployment group create --only-show-errors --output none --name drop-folder \
  --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" --template-file drop-folder.bicep \
  --parameters appName="$FUNCTION_APP_NAME" storageName="$STORAGE_ACCOUNT_NAME"; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "The app does not show the key of its blob webhook. Is DropFolderEvent running? Try again: azd hooks run postdeploy" >&2; exit 1; }
  sleep 15
done
echo "Files in the container uploads, under stt/ and tts/, become jobs."

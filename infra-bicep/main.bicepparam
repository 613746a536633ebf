// What azd has in its environment, or the default: `azd env set ALERT_EMAIL ops@example.com`.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param keyAdministratorId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param keyAdministratorType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')
param withSpeech = bool(readEnvironmentVariable('WITH_SPEECH', 'true'))
param withPrivateNetwork = bool(readEnvironmentVariable('WITH_PRIVATE_NETWORK', 'false'))
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param dailySpendAlert = int(readEnvironmentVariable('DAILY_SPEND_ALERT', '20'))
param instanceMemory = any(int(readEnvironmentVariable('INSTANCE_MEMORY', '2048')))
param maximumInstances = int(readEnvironmentVariable('MAXIMUM_INSTANCES', '40'))
param requestsPerInstance = int(readEnvironmentVariable('REQUESTS_PER_INSTANCE', '16'))
param resultDays = int(readEnvironmentVariable('RESULT_DAYS', '7'))
param openAIKey = readEnvironmentVariable('OPENAI_API_KEY', '')
param googleKey = readEnvironmentVariable('GOOGLE_API_KEY', '')
param yandexKey = readEnvironmentVariable('YANDEX_API_KEY', '')
param yandexFolder = readEnvironmentVariable('YANDEX_FOLDER_ID', '')

/** Objects, fields and permission sets; see `element-table.ts` for the notation. */
export const OBJECT_ELEMENTS: Readonly<Record<string, string>> = {
  CustomObject: `fullName actionOverrides:ActionOverride* allowInChatterGroups:boolean businessProcesses:any*
    compactLayoutAssignment compactLayouts:CompactLayout* customHelp customHelpPage customSettingsType
    deploymentStatus deprecated:boolean description enableActivities:boolean enableBulkApi:boolean
    enableDivisions:boolean enableEnhancedLookup:boolean enableFeeds:boolean enableHistory:boolean
    enableLicensing:boolean enableReports:boolean enableSearch:boolean enableSharing:boolean
    enableStreamingApi:boolean eventType externalDataSource externalName externalSharingModel
    fieldSets:any* fields:CustomField* gender household:boolean indexes:any* label listViews:ListView*
    nameField:CustomField pluralLabel profileSearchLayouts:any* publishBehavior
    recordTypeTrackFeedHistory:boolean recordTypeTrackHistory:boolean recordTypes:any*
    searchLayouts:any sharingModel sharingReasons:any* sharingRecalculations:any* startsWith
    validationRules:ValidationRule* visibility webLinks:any*`,
  ActionOverride: 'actionName comment content formFactor skipRecordTypeSelect:boolean type',
  CustomField: `fullName businessOwnerGroup businessOwnerUser businessStatus caseSensitive:boolean
    complianceGroup defaultValue deleteConstraint deprecated:boolean description displayFormat
    displayLocationInDecimal:boolean encryptionScheme escapeMarkup:boolean externalDeveloperName
    externalId:boolean fieldManageability formula formulaTreatBlanksAs inlineHelpText
    isAIPredictionField:boolean isConvertLeadDisabled:boolean isFilteringDisabled:boolean
    isNameField:boolean isSortingDisabled:boolean label length:number lookupFilter:any maskChar
    maskType populateExistingRows:boolean precision:number referenceTargetField referenceTo
    relationshipLabel relationshipName relationshipOrder:number reparentableMasterDetail:boolean
    required:boolean restrictedAdminField:boolean scale:number securityClassification
    startingNumber:number stripMarkup:boolean summarizedField summaryFilterItems:any*
    summaryForeignKey summaryOperation trackFeedHistory:boolean trackHistory:boolean
    trackTrending:boolean translateData:boolean type unique:boolean valueSet:ValueSet
    visibleLines:number writeRequiresMasterRead:boolean`,
  ValueSet: `controllingField restricted:boolean valueSetDefinition:ValueSetValuesDefinition valueSetName
    valueSettings:any*`,
  ValueSetValuesDefinition: 'sorted:boolean! value:CustomValue*',
  CustomValue: 'fullName! color default:boolean! description isActive:boolean label',
  ValidationRule: `fullName! active:boolean! description errorConditionFormula! errorDisplayField
    errorMessage! shouldEvaluateOnClient:boolean`,
  ListView: `fullName! booleanFilter columns* division filterScope! filters:ListViewFilter* label!
    language queue sharedTo:any`,
  ListViewFilter: 'field! operation! value',
  CompactLayout: 'fullName! fields* label!',
  PermissionSet: `fullName agentAccesses:any* applicationVisibilities:any* classAccesses:any*
    customMetadataTypeAccesses:any* customPermissions:any* customSettingAccesses:any* description
    externalCredentialPrincipalAccesses:any* externalDataSourceAccesses:any*
    fieldPermissions:PermissionSetFieldPermissions* flowAccesses:any* hasActivationRequired:boolean
    label! license objectPermissions:PermissionSetObjectPermissions* pageAccesses:any*
    recordTypeVisibilities:any* tabSettings:PermissionSetTabSetting*
    userPermissions:PermissionSetUserPermission*`,
  PermissionSetFieldPermissions: 'editable:boolean! field! readable:boolean',
  PermissionSetObjectPermissions: `allowCreate:boolean! allowDelete:boolean! allowEdit:boolean!
    allowRead:boolean! modifyAllRecords:boolean! object! viewAllFields:boolean viewAllRecords:boolean!`,
  PermissionSetTabSetting: 'tab! visibility!',
  PermissionSetUserPermission: 'enabled:boolean! name!',
};

/** Tabs, layouts and Lightning pages; see `element-table.ts` for the notation. */
export const PAGE_ELEMENTS: Readonly<Record<string, string>> = {
  CustomTab: `fullName actionOverrides:ActionOverride* auraComponent customObject:boolean description
    flexiPage frameHeight:number hasSidebar:boolean icon label lwcComponent motif page scontrol
    splashPageLink url urlEncodingKey`,
  LightningComponentBundle: `fullName apiVersion capabilities:any description isExplicitImport:boolean
    isExposed:boolean lwcResources:any masterLabel runtimeNamespace targetConfigs:any targets:any`,
  QuickAction: `fullName actionSubtype canvas description fieldOverrides:FieldOverride*
    flowDefinition height:number icon isProtected:boolean label lightningComponent
    lightningWebComponent optionsCreateFeedItem:boolean! page quickActionLayout:QuickActionLayout
    quickActionSendEmailOptions:any standardLabel successMessage targetObject targetParentField
    targetRecordType type! width:number`,
  FieldOverride: 'field! formula literalValue',
  QuickActionLayout: 'layoutSectionStyle! quickActionLayoutColumns:QuickActionLayoutColumn*',
  QuickActionLayoutColumn: 'quickActionLayoutItems:QuickActionLayoutItem*',
  QuickActionLayoutItem: 'emptySpace:boolean field uiBehavior',
  Layout: `fullName customButtons* customConsoleComponents:any emailDefault:boolean excludeButtons*
    feedLayout:any headers* layoutSections:LayoutSection* miniLayout:any multilineLayoutFields*
    platformActionList:any quickActionList:any relatedContent:any relatedLists:RelatedListItem*
    relatedObjects* runAssignmentRulesDefault:boolean showEmailCheckbox:boolean
    showHighlightsPanel:boolean showInteractionLogPanel:boolean showKnowledgeComponent:boolean
    showRunAssignmentRulesCheckbox:boolean showSolutionSection:boolean
    showSubmitAndAttachButton:boolean summaryLayout:any`,
  LayoutSection: `customLabel:boolean detailHeading:boolean editHeading:boolean label
    layoutColumns:LayoutColumn* style!`,
  LayoutColumn: 'layoutItems:LayoutItem* reserved',
  LayoutItem: `analyticsCloudComponent:any behavior canvas component customLink emptySpace:boolean field
    height:number page reportChartComponent:any scontrol showLabel:boolean showScrollbars:boolean width`,
  RelatedListItem: `customButtons* excludeButtons* fields* quickActions* relatedList! sortField
    sortOrder`,
  FlexiPage: `fullName description events:any* flexiPageRegions:FlexiPageRegion* masterLabel!
    pageTemplate parentFlexiPage platformActionlist:any quickActionList:any sobjectType
    template:FlexiPageTemplateInstance! type!`,
  FlexiPageRegion: `appendable componentInstances:ComponentInstance* itemInstances:ItemInstance* mode
    name! prependable replaceable type!`,
  ItemInstance: 'componentInstance:ComponentInstance fieldInstance:FieldInstance',
  ComponentInstance: `componentAttributes:any* componentInstanceProperties:any* componentName!
    componentType flexiPageDataSources:any* identifier visibilityRule:any`,
  FieldInstance: `fieldInstanceProperties:any* fieldItem! identifier visibilityRule:any`,
  FlexiPageTemplateInstance: 'name! properties:any*',
};
